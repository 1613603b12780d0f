/// One client connection: what it is doing, and how it ends.

import CNself
import Glibc
import HostCore
import HostShim

/// [loop] One request at a time; pipelined ones wait in the receive buffer.
final class Connection: PollSource {
    enum Phase: UInt8 {
        /// Between requests, or in a head.
        case head
        /// A request is with the chain, the handler or on its way out.
        case request
        /// The last answer is being written; then the connection ends.
        case closing
        /// The answer has left, our side is shut: what still arrives is dropped for a while.
        case lingering
        case closed
    }

    let front: Front
    /// Came by the admin listener.
    let isAdmin: Bool
    let output: Output
    let remoteAddress: UnsafeMutablePointer<CChar>
    let remoteAddressCount: Int

    var phase = Phase.head
    var exchange: Unmanaged<Exchange>?
    let body = BodyIntake()
    var reader: RequestBodyReader?
    var stream: ResponseStream?

    // Receive buffer: bytes from inputStart to inputEnd have not been looked at.
    var input: UnsafeMutablePointer<UInt8>?
    var inputCapacity = 0
    var inputStart = 0
    var inputEnd = 0
    /// Where the head of the current request begins.
    var headStart = 0
    /// The first byte of a head is there: its deadline is absolute.
    var headBegun = false
    /// The peer has ended its side.
    var inputEnded = false
    /// Nothing more is read until the current request is over.
    var inputPaused = false
    var lingerBytes = 0

    /// `process` is on the stack: whoever completes leaves the rest to it.
    var isProcessing = false
    var outputBlocked = false
    /// The request was refused before all of it had come: the client may be sending still.
    var wasCutShort = false
    /// The answer under way is the last one.
    var closesAfterAnswer = false
    /// Bytes put out for the answer under way, for the log.
    var answerBytes: UInt64 = 0
    var answerStatus: UInt16 = 0
    /// The request under way is counted as active, and has not been logged.
    var isCounted = false
    /// Bytes written since the loop last did something else.
    var turnBytes: UInt64 = 0

    var readDeadline = UInt64.max
    var writeDeadline = UInt64.max
    var requestDeadline = UInt64.max
    // The wheel's own.
    var deadline = UInt64.max
    var wheelTick = UInt64.max
    unowned(unsafe) var wheelNext: Connection?
    unowned(unsafe) var wheelPrevious: Connection?
    // The front's list.
    unowned(unsafe) var next: Connection?
    unowned(unsafe) var previous: Connection?

    init(front: Front, descriptor: Int32, isAdmin: Bool, address: PeerAddress) {
        self.front = front
        self.isAdmin = isAdmin
        output = Output(pool: front.blocks)
        remoteAddress = .allocate(capacity: max(address.count, 1))
        remoteAddressCount = address.write(to: remoteAddress)
        super.init(loop: front.loop, descriptor: descriptor)
    }
    deinit { remoteAddress.deallocate() }

    /// The first byte of the current request's head.
    var headBase: UnsafeMutablePointer<UInt8> {
        guard let input else { preconditionFailure("a request without a receive buffer") }
        return input + headStart
    }

    /// The first request is due from now on.
    func open() {
        readDeadline = front.loop.now &+ front.limits.headTimeout
        updateDeadline()
        if !watch(.readable) { close() }
    }

    // MARK: events

    /// [loop] hot.
    override func ready(_ events: PollEvents) {
        if phase == .closed { return }
        if events.contains(.hangup) { return abort() }
        if events.contains(.writable) { flushOutput() }
        if phase != .closed, events.contains(.readable) { receive() }
    }

    /// Listens for what can be used, and no more: the kernel's buffers are the back-pressure.
    @inline(__always)
    func updateWatch() {
        var wanted: PollEvents = []
        if !inputPaused, !inputEnded { wanted.insert(.readable) }
        if outputBlocked { wanted.insert(.writable) }
        watch(wanted)
    }

    // MARK: deadlines

    @inline(__always)
    func updateDeadline() {
        let earliest = min(readDeadline, writeDeadline, requestDeadline)
        if earliest != deadline { front.wheel.set(self, earliest) }
    }

    /// Called by the wheel when `deadline` has passed.
    func expire(_ now: UInt64) {
        if writeDeadline <= now { return abort() }
        if requestDeadline <= now {
            requestDeadline = .max
            requestExpired()
        }
        if phase != .closed, readDeadline <= now {
            readDeadline = .max
            readExpired(now)
        }
        if phase != .closed {
            deadline = .max
            updateDeadline()
        }
    }

    private func readExpired(_ now: UInt64) {
        switch phase {
        case .head:
            guard headBegun, let exchange = exchange?.takeUnretainedValue() else { return close() }
            refuseHead(exchange, .headTimeout)
            settle()
        case .request:
            if inputEnded {
                cancelHandler()
            } else if !body.isComplete, !inputPaused {
                bodyExpired(now)
            }
        case .closing, .lingering: close()
        case .closed: break
        }
    }

    /// The handler has had its time: the client hears so, and nobody waits for the answer.
    private func requestExpired() {
        guard let exchange = exchange?.takeUnretainedValue(), exchange.state == .handed else {
            return
        }
        front.counters.count(.requestTimeout)
        answerRefusal(exchange, .requestTimeout)
        leave(exchange)
        settle()
    }

    // MARK: end

    /// Tells the handler, once, that nobody waits any more.
    func cancelHandler() {
        guard let exchange = exchange?.takeUnretainedValue(), exchange.state == .handed,
            !exchange.cancelledHandler
        else { return }
        exchange.cancelledHandler = true
        front.handler.cancelled(exchange)
    }

    /// The connection goes on, or ends, without the exchange, whose memory stays until the handler
    /// completes it. Its head lies in the receive buffer: that goes with it.
    func leave(_ exchange: Exchange) {
        self.exchange = nil
        exchange.connection = nil
        exchange.block = input
        exchange.blockCapacity = inputCapacity
        input = nil
        inputStart = 0
        inputEnd = 0
        endReader(.NSELF_STATUS_CANCELLED)
        if !exchange.cancelledHandler {
            exchange.cancelledHandler = true
            front.handler.cancelled(exchange)
        }
    }

    /// All output has been written and no request follows.
    func endAfterOutput() {
        // A client that is done sending loses nothing by a plain close.
        let isWhole = body.isComplete && !wasCutShort && inputStart == inputEnd
        if inputEnded || (isWhole && closesByWish) { return close() }
        phase = .lingering
        shutdown(descriptor, Int32(SHUT_WR))
        releaseInput()
        inputPaused = false
        lingerBytes = 0
        readDeadline = front.loop.now &+ front.limits.lingerTimeout
        updateDeadline()
        updateWatch()
    }
    /// The client itself asked for the end, so it sends nothing more.
    private var closesByWish: Bool {
        guard let exchange = exchange?.takeUnretainedValue() else { return false }
        let head = exchange.head
        return head.pointee.phase == .complete
            && (head.pointee.wantsClose
                || (head.pointee.minorVersion == 0 && !head.pointee.wantsKeepAlive))
    }

    /// [loop] Input of a connection that only waits for its end: dropped without a copy.
    func dropInput() {
        let count = nself_shim_drop(descriptor, 1 << 20)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        lingerBytes += max(count, 0)
        if count <= 0 || lingerBytes > front.limits.lingerBytesMax { close() }
    }

    /// Ends at once; the peer sees a reset, so that it cannot take what it has for the whole.
    func abort() {
        if phase == .closed { return }
        if phase == .request { front.counters.lost &+= 1 }
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    func close() {
        if phase == .closed { return }
        phase = .closed
        front.wheel.remove(self)
        unwatch()
        Glibc.close(descriptor)
        output.clear()
        if let stream {
            self.stream = nil
            stream.end()
        }
        body.releaseMemory(front)
        if let held = exchange?.takeUnretainedValue() {
            if isCounted {
                isCounted = false
                front.counters.active -= 1
                front.finished(held, status: Connection.clientClosed, bytesSent: answerBytes)
            }
            if held.state == .handed {
                leave(held)
            } else {
                exchange = nil
                front.giveBack(held)
            }
        }
        endReader(.NSELF_STATUS_CANCELLED)
        releaseInput()
        front.remove(self)
    }
    /// What the log says of a request whose client has gone.
    private static let clientClosed: UInt16 = 499

    func releaseInput() {
        guard let block = input else { return }
        front.blocks.give(block, capacity: inputCapacity)
        input = nil
        inputStart = 0
        inputEnd = 0
    }
    func endReader(_ status: nself_status) {
        guard let reader else { return }
        self.reader = nil
        reader.disconnect(status)
    }
}
