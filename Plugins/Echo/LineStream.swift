/// A body of lines whose length is not known beforehand: /stream?n=N&delay=MS.

import PluginAPI

/// [loop] The host reads it; each read is one line, after the delay.
final class LineStream {
    private let timers: Timers
    private let count: Int
    private let delay: UInt64
    private var line = 0
    private var readContext: UnsafeMutableRawPointer?
    private var readDone: nself_read_done?

    private init(_ count: Int, _ delay: UInt64, _ timers: Timers) {
        self.count = count
        self.delay = delay
        self.timers = timers
    }

    static func answer(_ request: Request, _ timers: Timers, _ call: HTTPCall) {
        let stream = LineStream(
            Query.number(request, "n", most: 1_000_000),
            UInt64(Query.number(request, "delay", most: 60_000)) * 1_000_000, timers)
        var body = nself_body()
        body.kind = .NSELF_BODY_STREAM
        body.size = .max
        body.reader = nself_reader(
            context: Unmanaged.passRetained(stream).toOpaque(), ops: LineStream.table)
        call.respond(200, "text/plain; charset=utf-8", body)
    }

    private func read(_ context: UnsafeMutableRawPointer?, _ done: @escaping nself_read_done) {
        // The first line needs no delay: it shows that the answer has begun.
        guard delay > 0, line > 0, line < count else { return give(context, done) }
        readContext = context
        readDone = done
        _ = timers.schedule(after: delay, Unmanaged.passRetained(self).toOpaque()) { context in
            guard let context else { return }
            Unmanaged<LineStream>.fromOpaque(context).takeRetainedValue().fire()
        }
    }
    private func fire() {
        guard let done = readDone else { return }
        readDone = nil
        give(readContext, done)
    }
    private func give(_ context: UnsafeMutableRawPointer?, _ done: nself_read_done) {
        guard line < count else { return done(context, .NSELF_STATUS_OK, nil) }
        var chunk = nself_buffer.copy("line \(line)\n")
        line += 1
        done(context, .NSELF_STATUS_OK, &chunk)
    }
    private func close() {
        if let done = readDone {
            readDone = nil
            done(readContext, .NSELF_STATUS_CANCELLED, nil)
        }
    }

    /// Made once, never freed.
    nonisolated(unsafe) private static let table: UnsafePointer<nself_reader_ops> = {
        let table = UnsafeMutablePointer<nself_reader_ops>.allocate(capacity: 1)
        table.initialize(to: nself_reader_ops())
        table.pointee.struct_size = UInt32(MemoryLayout<nself_reader_ops>.size)
        table.pointee.read = { context, _, readContext, done in
            guard let context, let done else { return }
            Unmanaged<LineStream>.fromOpaque(context).takeUnretainedValue().read(readContext, done)
        }
        table.pointee.close = { context in
            guard let context else { return }
            Unmanaged<LineStream>.fromOpaque(context).takeRetainedValue().close()
        }
        return UnsafePointer(table)
    }()
}
