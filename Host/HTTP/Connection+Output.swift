/// Writing: one sendmsg for all that a turn has put out, and back-pressure towards handlers.

import Glibc
import HostCore

extension Connection {
    /// [loop] hot. After anything has happened: writes what is queued, goes on with what waited
    /// for room, and listens for what comes next. Does nothing inside `process`.
    func settle() {
        if isProcessing { return }
        turnBytes = 0
        while phase != .closed {
            if !output.isEmpty, !outputBlocked { flushOnce() }
            if phase == .closed || outputBlocked { break }
            if let stream {
                guard stream.canPump else { break }
                stream.pump()
            } else if phase == .head, inputStart < inputEnd, output.isEmpty, !headBegun {
                process()
            } else {
                break
            }
            if output.isEmpty { break }
        }
        if phase == .closed { return }
        if phase == .closing, output.isEmpty, stream == nil { endAfterOutput() }
        if phase == .head {
            if inputStart == inputEnd, exchange == nil { releaseInput() }
            inputPaused = output.pending >= front.limits.outputBytesMax
        }
        if phase == .closed { return }
        updateWatch()
        updateDeadline()
    }

    /// The socket takes bytes again.
    func flushOutput() {
        outputBlocked = false
        settle()
    }

    private func flushOnce() {
        let before = output.written
        let progress = output.flush(
            to: descriptor, fileBytesMax: front.limits.filePieceBytesMax)
        let sent = output.written &- before
        front.counters.sent &+= sent
        turnBytes &+= sent
        switch progress {
        case .done:
            writeDeadline = .max
            // A fast reader of a fast stream: others have their turn before it goes on.
            if turnBytes > UInt64(front.limits.filePieceBytesMax) { outputBlocked = true }
        case .blocked:
            outputBlocked = true
            // Progress counts, not the end of the answer: large ones take as long as they take.
            if sent > 0 || writeDeadline == .max {
                writeDeadline = front.loop.now &+ front.limits.writeTimeout
            }
        case .failed:
            cancelHandler()
            abort()
        }
    }
}
