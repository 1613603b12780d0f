/// Signals as a descriptor: blocked in every thread, read by the control thread.

import Glibc

struct Signals {
    let descriptor: Int32

    /// Before any other thread exists, so that all of them inherit the mask.
    init() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC.rawValue | SFD_NONBLOCK.rawValue))
        precondition(descriptor >= 0, "no descriptor for signals: the process limit is reached")
    }

    /// The next signal that has arrived, or nil.
    func next() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor, &info, size) == size else { return nil }
        return Int32(info.ssi_signo)
    }
}
