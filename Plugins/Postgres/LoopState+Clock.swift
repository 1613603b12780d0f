/// What a loop looks after as time passes: deadlines, waits, draining, cancelling, metrics. The clock
/// ticks only while something is under way: an idle host wakes for nothing.

import PluginAPI

extension LoopState {
    func startTicking() {
        guard !isTicking else { return }
        isTicking = true
        let this = Unmanaged.passRetained(self).toOpaque()
        ticker = provider.timers.schedule(after: Limits.tick, this) { context in
            guard let context else { return }
            Unmanaged<LoopState>.fromOpaque(context).takeRetainedValue().tick()
        }
        if ticker.id == 0 {  // the host has no timer left: the next request asks again
            Unmanaged<LoopState>.fromOpaque(this).release()
            isTicking = false
        }
    }
    private func tick() {
        isTicking = false
        guard !isClosing else { return }
        readClock()
        let now = time
        var busy = false
        for connection in pipelines {
            connection.check(now)
            busy = busy || !connection.inFlight.isEmpty || connection.phase == .connecting
        }
        expireQueue(now)
        busy = sessions.tick(now) || busy
        busy = listener.tick(now) || busy
        if whenQuiet != nil, now >= quietDeadline { abandon() }
        report()
        if busy || !queue.isEmpty || whenQuiet != nil { startTicking() }
    }

    private func expireQueue(_ now: UInt64) {
        guard !queue.isEmpty else { return }
        let late = queue.remove { group in
            (group.deadline != 0 && now >= group.deadline)
                || (downSince != 0
                    && now >= max(downSince, group.queuedAt) + Limits.unavailableWait)
        }
        for group in late {
            queueBytes -= group.arenaUsed
            if downSince != 0 {
                end(group, .NSELF_STATUS_UNAVAILABLE, "no connection to the database: \(lastError)")
            } else {
                end(
                    group, .NSELF_STATUS_DEADLINE_EXCEEDED, "the time was over before its turn came"
                )
            }
        }
    }

    /// The drain has lasted too long.
    private func abandon() {
        let reason = "the database plugin is being replaced"
        for group in queue.remove(where: { _ in true }) {
            end(group, .NSELF_STATUS_ABORTED, reason)
        }
        queueBytes = 0
        sessions.abort(reason)
        for connection in pipelines where !connection.inFlight.isEmpty {
            connection.answerAll(.NSELF_STATUS_ABORTED, reason)
        }
        whenQuiet?()
        whenQuiet = nil
    }

    /// False when the call is not here.
    func cancel(_ call: UInt64) -> Bool {
        let found = queue.remove { $0.call == call }
        for group in found {
            queueBytes -= group.arenaUsed
            end(group, .NSELF_STATUS_CANCELLED, "cancelled")
        }
        if !found.isEmpty || sessions.cancel(call) { return true }
        for connection in pipelines {
            // It ends by itself: a cancel request would hit whatever the backend runs by then.
            for at in 0..<connection.inFlight.count {
                guard let group = connection.inFlight[at], group.call == call else { continue }
                group.cancelled = true
                return true
            }
        }
        return false
    }

    func report() {
        let inFlight = pipelines.reduce(0) { $0 + $1.inFlight.count } + sessions.inFlightCount
        provider.meters.report(
            &reported,
            Meters.Reported(
                waiting: queue.count + sessions.waitingCount, inFlight: inFlight,
                hits: preparedHits, misses: preparedMisses))
    }
}
