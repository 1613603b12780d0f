/// An answer whose body the handler's reader gives piece by piece; asked for only as fast as the
/// client reads.

import CNself
import HostCore

/// [loop] In the front's table while a read may still be answered: a read's context is a number,
/// so that an answer that comes late or twice meets nobody.
final class ResponseStream {
    private unowned(unsafe) var connection: Connection?
    private unowned(unsafe) let front: Front
    private let reader: nself_reader
    private let framing: ResponseHead.Framing
    /// Bytes still to come when the length was named.
    private var remaining: UInt64
    /// This stream in the front's table; 0 until the first read.
    private var handle: UInt64 = 0
    private var isReading = false
    private var isPumping = false
    private var hasEnded = false

    init(
        _ connection: Connection, _ reader: nself_reader, _ framing: ResponseHead.Framing,
        length: UInt64
    ) {
        self.connection = connection
        self.reader = reader
        self.framing = framing
        front = connection.front
        remaining = length
    }

    /// Nothing is being read and there is room.
    var canPump: Bool {
        guard let connection else { return false }
        return !isReading && !isPumping && !hasEnded
            && connection.output.pending < front.limits.outputBytesMax
    }

    /// Asks for pieces until one has to be waited for or the output is full.
    func pump() {
        if handle == 0 {
            handle = front.streams.insert(self)
            guard handle != 0 else { return breakOff() }
        }
        isPumping = true
        while let connection, !isReading, !hasEnded,
            connection.output.pending < front.limits.outputBytesMax
        {
            isReading = true
            reader.ops.pointee.read(
                reader.context, front.limits.responsePieceBytesMax,
                UnsafeMutableRawPointer(bitPattern: UInt(handle)), ResponseStream.readDone)
        }
        isPumping = false
    }

    /// One read has been answered.
    func arrived(_ status: nself_status, _ chunk: nself_buffer?) {
        guard isReading else {
            front.counters.stale &+= 1
            chunk.map { $0.release?($0.owner) }
            return
        }
        isReading = false
        guard let connection, !hasEnded else {
            chunk.map { $0.release?($0.owner) }
            return
        }
        if let chunk, status == .NSELF_STATUS_OK {
            write(chunk, connection)
        } else {
            chunk.map { $0.release?($0.owner) }
            if status == .NSELF_STATUS_OK { finish(connection) } else { breakOff() }
        }
        if !isPumping { connection.settle() }
    }

    private func write(_ chunk: nself_buffer, _ connection: Connection) {
        if chunk.size == 0 {
            chunk.release?(chunk.owner)
            return
        }
        connection.answerBytes &+= UInt64(chunk.size)
        if framing == .length {
            guard UInt64(chunk.size) <= remaining else {
                // More than was announced would be read as the next answer.
                chunk.release?(chunk.owner)
                return breakOff()
            }
            remaining -= UInt64(chunk.size)
            return connection.queue(chunk)
        }
        guard framing == .chunked else { return connection.queue(chunk) }
        var pen = Pen(place: connection.output.reserve(20))
        let start = pen.place
        pen.write(hexadecimal: UInt64(chunk.size))
        pen.write("\r\n")
        connection.output.commit(pen.place - start)
        connection.queue(chunk)
        let end: StaticString = "\r\n"
        connection.output.copy(end.utf8Start, 2)
    }

    private func finish(_ connection: Connection) {
        if framing == .length, remaining > 0 { return breakOff() }
        if framing == .chunked {
            let last: StaticString = "0\r\n\r\n"
            connection.output.copy(last.utf8Start, last.utf8CodeUnitCount)
        }
        connection.stream = nil
        end()
        if let exchange = connection.exchange?.takeUnretainedValue() {
            connection.finishAnswer(exchange)
        }
    }

    private func breakOff() {
        guard let connection else { return }
        connection.stream = nil
        end()
        connection.answerBroke()
    }

    /// Gives the reader back, exactly once; the connection does not hear of it any more.
    func end() {
        if hasEnded { return }
        hasEnded = true
        connection = nil
        if handle != 0 { _ = front.streams.remove(handle) }
        nself_reader_close(reader)
    }

    /// The answer to a read, on any thread.
    private static let readDone: nself_read_done = { context, status, chunk in
        let handle = UInt64(UInt(bitPattern: context))
        let buffer = chunk?.pointee
        guard let front = FrontDirectory.front(HandleTable<ResponseStream>.tag(of: handle)) else {
            buffer.map { $0.release?($0.owner) }
            return
        }
        if front.loop.isCurrent { return front.streamArrived(handle, status, buffer) }
        let arrival = StreamArrival(front, handle, status, buffer)
        front.loop.post(Unmanaged.passRetained(arrival).toOpaque()) { pointer in
            guard let pointer else { return }
            let arrival = Unmanaged<StreamArrival>.fromOpaque(pointer).takeRetainedValue()
            arrival.front.streamArrived(arrival.handle, arrival.status, arrival.chunk)
        }
    }
}

/// A piece from another thread on its way to the loop.
private final class StreamArrival {
    let front: Front
    let handle: UInt64
    let status: nself_status
    let chunk: nself_buffer?
    init(_ front: Front, _ handle: UInt64, _ status: nself_status, _ chunk: nself_buffer?) {
        self.front = front
        self.handle = handle
        self.status = status
        self.chunk = chunk
    }
}
