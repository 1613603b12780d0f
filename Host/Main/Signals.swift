/// Signals as a descriptor: blocked in every thread, read by the control thread.

import Glibc
import HostShim

struct Signals {
    let descriptor: Int32

    /// Before any other thread exists, so that all of them inherit the mask.
    init() {
        descriptor = nself_shim_signals()
        precondition(descriptor >= 0, "no descriptor for signals: the process limit is reached")
    }

    /// The next signal that has arrived, or nil.
    func next() -> Int32? {
        let signal = nself_shim_next_signal(descriptor)
        return signal > 0 ? signal : nil
    }
}
