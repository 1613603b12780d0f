/// The nself_reader over a request body that arrives: nothing is read from the socket until the
/// handler asks.

import CNself
import HostCore
import HostShim

/// [loop] The plugin holds one reference until it closes the reader; it may outlive its request.
final class RequestBodyReader {
    /// What the connection has for a read.
    enum Pulled {
        case piece(nself_buffer)
        case wait
        case end
        case failed(nself_status)
        /// The peer has gone in the middle of its body.
        case gone
    }

    private let loop: Loop
    private unowned(unsafe) var connection: Connection?
    private var failure = nself_status.NSELF_STATUS_CANCELLED
    private var waitingDone: nself_read_done?
    private var waitingContext: UnsafeMutableRawPointer?
    private var waitingMax = 0
    private var isClosed = false

    init(_ connection: Connection) {
        self.connection = connection
        loop = connection.loop
    }

    /// A read is under way.
    var isWaiting: Bool { waitingDone != nil }

    /// For the plugin: it owns one reference.
    func lend() -> nself_reader {
        nself_reader(context: Unmanaged.passRetained(self).toOpaque(), ops: RequestBodyReader.table)
    }

    /// The request is over, or the connection: later reads hear `status`.
    func disconnect(_ status: nself_status) {
        connection = nil
        failure = status
        if isWaiting { answer(status, nil) }
    }

    // MARK: reads

    private func read(
        _ most: Int, _ context: UnsafeMutableRawPointer?, _ done: @escaping nself_read_done
    ) {
        guard !isWaiting, !isClosed else {
            // Two at once: the second is refused, but never before this returns.
            let refused = RefusedRead(done, context)
            loop.atTurnEnd(Unmanaged.passRetained(refused).toOpaque()) { pointer in
                guard let pointer else { return }
                let refused = Unmanaged<RefusedRead>.fromOpaque(pointer).takeRetainedValue()
                refused.done(refused.context, .NSELF_STATUS_FAILED_PRECONDITION, nil)
            }
            return
        }
        waitingDone = done
        waitingContext = context
        waitingMax = most
        // Never before this returns: what is there already is given at the end of the turn.
        loop.atTurnEnd(Unmanaged.passRetained(self).toOpaque()) { pointer in
            guard let pointer else { return }
            Unmanaged<RequestBodyReader>.fromOpaque(pointer).takeRetainedValue().serveAtTurnEnd()
        }
    }
    private func serveAtTurnEnd() {
        let connection = self.connection
        serve()
        connection?.settle()
    }

    /// Answers the read under way if there is anything to say.
    func serve() {
        guard isWaiting else { return }
        guard let connection else { return answer(failure, nil) }
        switch connection.pullBody(most: waitingMax) {
        case .piece(var buffer): answer(.NSELF_STATUS_OK, &buffer)
        case .wait: break
        case .end: answer(.NSELF_STATUS_OK, nil)
        case .failed(let status): answer(status, nil)
        case .gone:
            answer(.NSELF_STATUS_CANCELLED, nil)
            connection.peerGone()
        }
    }
    private func answer(_ status: nself_status, _ buffer: UnsafeMutablePointer<nself_buffer>?) {
        guard let done = waitingDone else { return }
        let context = waitingContext
        waitingDone = nil
        waitingContext = nil
        done(context, status, buffer)
    }

    private func end() {
        isClosed = true
        if isWaiting { answer(.NSELF_STATUS_CANCELLED, nil) }
        if let connection {
            self.connection = nil
            connection.readerClosed()
        }
    }

    /// What a reader hears of a body that is refused.
    static func status(of refusal: Refusal) -> nself_status {
        switch refusal {
        case .bodyTooLarge: .NSELF_STATUS_RESOURCE_EXHAUSTED
        case .bodyTimeout: .NSELF_STATUS_DEADLINE_EXCEEDED
        default: .NSELF_STATUS_INVALID_ARGUMENT
        }
    }

    // MARK: the C face

    /// Made once, never freed.
    nonisolated(unsafe) private static let table: UnsafePointer<nself_reader_ops> = {
        let table = UnsafeMutablePointer<nself_reader_ops>.allocate(capacity: 1)
        table.initialize(to: nself_reader_ops())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_reader_ops>.size)
        table.pointee.read = { context, most, readContext, done in
            guard let context, let done else { return }
            let reader = Unmanaged<RequestBodyReader>.fromOpaque(context).takeUnretainedValue()
            if reader.loop.isCurrent { return reader.read(most, readContext, done) }
            let call = RemoteRead(context, most, readContext, done)
            reader.loop.post(Unmanaged.passRetained(call).toOpaque()) { pointer in
                guard let pointer else { return }
                let call = Unmanaged<RemoteRead>.fromOpaque(pointer).takeRetainedValue()
                Unmanaged<RequestBodyReader>.fromOpaque(call.reader).takeUnretainedValue()
                    .read(call.most, call.context, call.done)
            }
        }
        table.pointee.close = { context in
            guard let context else { return }
            let reader = Unmanaged<RequestBodyReader>.fromOpaque(context).takeUnretainedValue()
            let finish: Loop.Task = { pointer in
                guard let pointer else { return }
                Unmanaged<RequestBodyReader>.fromOpaque(pointer).takeRetainedValue().end()
            }
            if reader.loop.isCurrent { finish(context) } else { reader.loop.post(context, finish) }
        }
        return UnsafePointer(table)
    }()
}

private final class RefusedRead {
    let done: nself_read_done
    let context: UnsafeMutableRawPointer?
    init(_ done: @escaping nself_read_done, _ context: UnsafeMutableRawPointer?) {
        self.done = done
        self.context = context
    }
}

/// A read from another thread on its way to the loop.
private final class RemoteRead {
    let reader: UnsafeMutableRawPointer
    let most: Int
    let context: UnsafeMutableRawPointer?
    let done: nself_read_done
    init(
        _ reader: UnsafeMutableRawPointer, _ most: Int, _ context: UnsafeMutableRawPointer?,
        _ done: @escaping nself_read_done
    ) {
        self.reader = reader
        self.most = most
        self.context = context
        self.done = done
    }
}
