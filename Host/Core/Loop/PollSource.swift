/// A descriptor on a loop, and who hears its events.

/// What a descriptor is ready for; the numbers are libuv's and the interface's.
public struct PollEvents: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let readable = PollEvents(rawValue: 1)
    public static let writable = PollEvents(rawValue: 2)
    /// Reported, never asked for.
    public static let hangup = PollEvents(rawValue: 4)
}

/// Subclassed by listeners, connections and watched descriptors of plugins. [loop]
///
/// The descriptor stays the subclass's: call `unwatch` before close(2), or a reused
/// descriptor hears the old one's events.
open class PollSource {
    public let loop: Loop
    public let descriptor: Int32
    private var handle: UnsafeMutableRawPointer?
    private var events: PollEvents = []

    public init(loop: Loop, descriptor: Int32) {
        self.loop = loop
        self.descriptor = descriptor
    }
    deinit {
        precondition(handle == nil, "descriptor \(descriptor) was freed while it was watched")
    }

    /// Level-triggered: repeats in every turn while the condition holds.
    open func ready(_ events: PollEvents) {}

    /// Starts or changes what is listened for; [] pauses. False: this descriptor cannot be
    /// watched (a regular file, or watched already).
    @discardableResult
    public final func watch(_ wanted: PollEvents) -> Bool {
        loop.assertOn()
        if handle == nil { handle = loop.uv.makePoll(descriptor, self) }
        guard let handle else { return false }
        if wanted == events { return true }
        events = wanted
        if wanted.isEmpty {
            loop.uv.stopPoll(handle)
        } else {
            loop.uv.startPoll(handle, wanted)
        }
        return true
    }
    /// After an error, which is reported until its owner has dealt with it, as any condition is.
    final func startAgain() {
        if let handle, !events.isEmpty { loop.uv.startPoll(handle, events) }
    }
    /// Ends it at once: no event follows.
    public final func unwatch() {
        guard let handle else { return }
        loop.assertOn()
        loop.uv.closePoll(handle)
        self.handle = nil
        events = []
    }
}
