/// A reader that takes its time: /upload?delay=MS reads the body piece by piece and counts it.

import PluginAPI

/// [loop] Pauses before each read, so that the host has to hold the client back.
final class Upload {
    private let call: HTTPCall
    private let timers: Timers
    private let delay: UInt64
    private var reader: nself_reader
    private var bytes: Int64 = 0
    private var pieces: Int64 = 0

    private init(_ reader: nself_reader, _ delay: UInt64, _ timers: Timers, _ call: HTTPCall) {
        self.reader = reader
        self.delay = delay
        self.timers = timers
        self.call = call
    }

    static func start(
        _ request: Request, _ body: consuming Body, _ timers: Timers, _ call: HTTPCall
    ) {
        guard body.kind == .NSELF_BODY_STREAM else {
            return call.respond(json: #"{"bytes":0,"pieces":0}"#)
        }
        let delay = UInt64(Query.number(request, "delay", most: 60_000)) * 1_000_000
        Upload(body.take().reader, delay, timers, call).next()
    }

    /// Each step holds one reference to this object until it has been taken.
    private func next() {
        let context = Unmanaged.passRetained(self).toOpaque()
        if delay == 0 { return read(context) }
        _ = timers.schedule(after: delay, context) { context in
            guard let context else { return }
            Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue().read(context)
        }
    }
    private func read(_ context: UnsafeMutableRawPointer) {
        reader.ops.pointee.read(reader.context, 64 << 10, context) { context, status, chunk in
            guard let context else { return }
            Unmanaged<Upload>.fromOpaque(context).takeRetainedValue().took(status, chunk)
        }
    }
    private func took(_ status: nself_status, _ chunk: UnsafeMutablePointer<nself_buffer>?) {
        guard status == .NSELF_STATUS_OK else {
            nself_reader_close(reader)
            return call.fail(PluginError(status, "the body ended early"))
        }
        guard let chunk else {
            nself_reader_close(reader)
            return call.respond(json: "{\"bytes\":\(bytes),\"pieces\":\(pieces)}")
        }
        bytes += Int64(chunk.pointee.size)
        pieces += 1
        nself_buffer_release(chunk)
        next()
    }
}
