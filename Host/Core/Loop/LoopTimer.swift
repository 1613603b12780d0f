/// A timer on a loop.

/// [loop] Alive until cancelled or fired, also when nobody keeps it.
public final class LoopTimer {
    private let loop: Loop
    private let body: () -> Void
    private let repeats: Bool
    private var handle: UnsafeMutableRawPointer?
    private var keep: LoopTimer?

    init(_ loop: Loop, after: UInt64, every: UInt64, _ body: @escaping () -> Void) {
        self.loop = loop
        self.body = body
        repeats = every != 0
        handle = loop.uv.makeTimer(self, after: after, every: every)
        keep = self
    }

    /// After this it does not fire any more. May be called twice, and from its own body.
    public func cancel() {
        guard let handle else { return }
        loop.assertOn()
        loop.uv.closeTimer(handle)
        self.handle = nil
        keep = nil
    }
    func fire() {
        let timer = self  // a one-shot gives up its own reference below
        if !repeats { timer.cancel() }
        timer.body()
    }
}
