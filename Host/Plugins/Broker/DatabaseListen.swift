/// LISTEN and NOTIFY through the broker: a subscription hears on the loop that made it.

import CNself
import HostCore

/// One subscription of a caller. [any]
private final class DatabaseSubscription: @unchecked Sendable {  // immutable
    let loop: Loop
    let provider: Generation
    let context: UnsafeMutableRawPointer?
    let noticed: nself_noticed

    init(
        _ loop: Loop, _ provider: Generation, _ context: UnsafeMutableRawPointer?,
        _ noticed: @escaping nself_noticed
    ) {
        self.loop = loop
        self.provider = provider
        self.context = context
        self.noticed = noticed
    }
    func post(_ notice: nself_notice, _ topic: String, _ data: [UInt8]) {
        loop.post { [self] in
            withString(topic) { topic in
                data.withUnsafeBufferPointer {
                    noticed(
                        context, notice, topic, nself_bytes(data: $0.baseAddress, size: $0.count))
                }
            }
        }
    }
}

/// Subscriptions come and go rarely; a notice takes the lock for one look-up.
private struct Subscriptions: @unchecked Sendable {  // behind the mutex below
    var table = HandleTable<DatabaseSubscription>(tag: 0xFD)
}
private let subscriptions = Locked(Subscriptions())

extension DatabaseBroker {
    /// [any]
    static func listen(
        _ caller: Generation, _ source: nself_string, _ channel: nself_string,
        _ context: UnsafeMutableRawPointer?, _ noticed: @escaping nself_noticed
    ) -> nself_subscription {
        guard let provider = provider(caller, source) else { return nself_subscription() }
        let loop = caller.runtime.nearestLoop
        let subscription = DatabaseSubscription(loop, provider, context, noticed)
        let id = subscriptions.withLock { $0.table.insert(subscription) }
        guard id != 0 else { return nself_subscription() }
        let name = String(channel)
        loop.post {
            onLoop(of: provider, from: loop) {
                withString(name) {
                    provider.database?.pointee.listen(
                        provider.pointer, $0, nself_subscription(id: id), notify)
                }
            }
        }
        return nself_subscription(id: id)
    }

    /// [any]
    static func unlisten(_ id: nself_subscription) {
        guard let ended = subscriptions.withLock({ $0.table.remove(id.id) }) else { return }
        let provider = ended.provider
        ended.loop.post {
            onLoop(of: provider, from: ended.loop) {
                provider.database?.pointee.unlisten(provider.pointer, id)
            }
        }
        ended.post(.NSELF_NOTICE_ENDED, "", [])
    }

    /// nself_db_notify: what the provider heard. [any]
    private static let notify: nself_db_notify = { id, notice, channel, payload in
        guard let subscription = subscriptions.withLock({ $0.table[id.id] }) else { return }
        subscription.post(
            notice, String(channel),
            Array(
                UnsafeRawBufferPointer(
                    start: payload.data, count: payload.data == nil ? 0 : payload.size)))
    }
}
