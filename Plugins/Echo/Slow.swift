/// An answer that comes after a while: /slow?ms=N.

import PluginAPI

/// [loop] Answers when its timer fires, or at once when it is cancelled.
final class Slow {
    private let call: HTTPCall
    private let timers: Timers
    private let milliseconds: Int
    private let ended: () -> Void
    private var timer = nself_timer()
    private var isAnswered = false

    /// `ended` runs once, when the request has been answered.
    init(_ milliseconds: Int, _ timers: Timers, _ call: HTTPCall, ended: @escaping () -> Void) {
        self.call = call
        self.timers = timers
        self.milliseconds = milliseconds
        self.ended = ended
        // The timer holds one reference until it has fired or was stopped.
        timer = timers.schedule(
            after: UInt64(milliseconds) * 1_000_000, Unmanaged.passRetained(self).toOpaque()
        ) { context in
            guard let context else { return }
            Unmanaged<Slow>.fromOpaque(context).takeRetainedValue().fire()
        }
    }

    private func fire() {
        if isAnswered { return }
        isAnswered = true
        call.respond(json: "{\"slept\":\(milliseconds)}")
        ended()
    }

    func cancel() {
        if isAnswered { return }
        isAnswered = true
        timers.cancel(timer) { context in
            if let context { Unmanaged<Slow>.fromOpaque(context).release() }
        }
        call.fail(PluginError(.NSELF_STATUS_CANCELLED, "cancelled"))
        ended()
    }
}
