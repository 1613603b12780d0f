/// LISTEN for all channels on one connection of the provider. After each (re)connection every
/// subscription hears LISTENING: what was notified meanwhile is lost.

import PluginAPI

/// [loop] Loop 0.
final class Listener {
    private struct Subscription {
        let id: UInt64
        let notify: nself_db_notify
    }
    private struct Channel {
        var subscriptions: [Subscription] = []
        /// The server has agreed.
        var isListening = false
    }

    private unowned let owner: LoopState
    private var channels: [String: Channel] = [:]
    private var channelOf: [UInt64: String] = [:]
    private var connection: Connection?

    /// What PostgreSQL keeps of a name, in bytes.
    private static let nameMax = 63

    init(_ owner: LoopState) { self.owner = owner }

    var isWanted: Bool { !channels.isEmpty }

    func listen(_ name: String, _ id: UInt64, _ notify: @escaping nself_db_notify) {
        let subscription = Subscription(id: id, notify: notify)
        if let problem = problem(name) {
            owner.provider.log.warning("listen on \"\(name)\": \(problem)")
            return Self.tell(subscription, .NSELF_NOTICE_ENDED)
        }
        channelOf[id] = name
        channels[name, default: Channel()].subscriptions.append(subscription)
        if channels[name]?.isListening == true {
            Self.tell(subscription, .NSELF_NOTICE_LISTENING)
        } else if let connection, connection.isReady {
            if channels[name]?.subscriptions.count == 1 { ask([name], connection) }
        } else if connection == nil || connection?.phase == .down {
            let connection = connection ?? Connection(owner, .listen)
            self.connection = connection
            if !connection.isWaitingToRetry { connection.open() }
        }
    }

    private func problem(_ name: String) -> String? {
        if owner.isClosing { return "the database plugin is stopping" }
        if !owner.statements.prepares { return "a pooler in transaction mode cannot carry LISTEN" }
        if name.isEmpty || name.utf8.count > Self.nameMax || name.utf8.contains(0) {
            return "a name has 1 to \(Self.nameMax) bytes"
        }
        if channelOf.count >= Limits.subscriptionsMax {
            return "\(Limits.subscriptionsMax) subscriptions are the limit"
        }
        return nil
    }

    func unlisten(_ id: UInt64) {
        guard let name = channelOf.removeValue(forKey: id), var channel = channels[name],
            let index = channel.subscriptions.firstIndex(where: { $0.id == id })
        else { return }
        let subscription = channel.subscriptions.remove(at: index)
        if channel.subscriptions.isEmpty {
            channels[name] = nil
            if let connection, connection.isReady {
                connection.housekeeping(["unlisten \(Self.quoted(name))"])
            }
        } else {
            channels[name] = channel
        }
        Self.tell(subscription, .NSELF_NOTICE_ENDED)
    }

    func connected() {
        guard let connection else { return }
        let names = channels.keys.sorted()
        // As many statements as one group may have at a time.
        var at = 0
        while at < names.count {
            let end = min(at + Limits.statementsMax, names.count)
            ask(Array(names[at..<end]), connection)
            at = end
        }
    }

    private func ask(_ names: [String], _ connection: Connection) {
        connection.housekeeping(names.map { "listen \(Self.quoted($0))" }) {
            [unowned self, unowned connection] agreed in
            guard agreed else {
                // The connection was lost, or comes back to this after it has been.
                if connection.phase == .ready {
                    connection.isBroken = true
                    owner.markDirty(connection)
                }
                return
            }
            for name in names {
                channels[name]?.isListening = true
                for subscription in channels[name]?.subscriptions ?? [] {
                    Self.tell(subscription, .NSELF_NOTICE_LISTENING)
                }
            }
        }
    }

    func heard(_ name: nself_string, _ payload: nself_string) {
        // A copy: who hears it may unsubscribe at once.
        let subscriptions = channels[String(name)]?.subscriptions ?? []
        let bytes = nself_bytes(
            data: UnsafeRawPointer(payload.data)?.assumingMemoryBound(to: UInt8.self),
            size: payload.size)
        for subscription in subscriptions {
            subscription.notify(
                nself_subscription(id: subscription.id), .NSELF_NOTICE_MESSAGE, name, bytes)
        }
    }

    func lost() {
        for name in channels.keys { channels[name]?.isListening = false }
    }

    func tick(_ now: UInt64) -> Bool {
        guard let connection else { return false }
        connection.check(now)
        return connection.phase == .connecting || !connection.inFlight.isEmpty
    }

    func close() {
        connection?.close(.NSELF_STATUS_UNAVAILABLE, "the database plugin is stopping")
        connection = nil
        let all = channels.values.flatMap(\.subscriptions)
        channels = [:]
        channelOf = [:]
        for subscription in all { Self.tell(subscription, .NSELF_NOTICE_ENDED) }
    }

    private static func tell(_ subscription: Subscription, _ notice: nself_notice) {
        subscription.notify(
            nself_subscription(id: subscription.id), notice, nself_string(), nself_bytes())
    }
    private static func quoted(_ name: String) -> String {
        "\""
            + name.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"")
            + "\""
    }
}
