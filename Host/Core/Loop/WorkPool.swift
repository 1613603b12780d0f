/// A bounded pool of threads for what blocks: password hashes, getaddrinfo, file system calls.

import Glibc
import HostShim

/// [any] A lock is right here: the work behind it takes microseconds to seconds, and nobody on a
/// hot path submits.
public final class WorkPool: @unchecked Sendable {  // all state is behind the mutex
    private struct Job {
        let context: UnsafeMutableRawPointer?
        let task: Loop.Task
    }
    private let threadsMax: Int
    private let queueMax: Int
    private var queue: [Job] = []
    private var first = 0
    private var threads = 0
    private var idle = 0
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>

    public init(threadsMax: Int = Limits.workerThreadsMax, queueMax: Int = Limits.workerQueueMax) {
        self.threadsMax = threadsMax
        self.queueMax = queueMax
        mutex = .allocate(capacity: 1)
        arrived = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrived, nil)
    }

    /// Runs `task(context)` on a worker thread. False when the queue is full: it does not run.
    public func run(_ context: UnsafeMutableRawPointer?, _ task: @escaping Loop.Task) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard queue.count - first < queueMax else { return false }
        queue.append(Job(context: context, task: task))
        if idle > 0 {
            pthread_cond_signal(arrived)
        } else if threads < threadsMax {
            threads += 1
            startThread()
        }
        return true
    }

    private func startThread() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                nself_shim_name_thread("worker")
                Unmanaged<WorkPool>.fromOpaque(context).takeRetainedValue().work()
            }, context)
        if status == 0 {
            pthread_detach(thread)
        } else {
            threads -= 1
            Unmanaged<WorkPool>.fromOpaque(context).release()
            precondition(
                threads > 0, "no worker thread can be started: the process limit is reached")
        }
    }
    private func work() -> Never {
        pthread_mutex_lock(mutex)
        while true {
            while first == queue.count {
                queue.removeAll(keepingCapacity: true)
                first = 0
                idle += 1
                pthread_cond_wait(arrived, mutex)
                idle -= 1
            }
            let job = queue[first]
            first += 1
            pthread_mutex_unlock(mutex)
            job.task(job.context)
            pthread_mutex_lock(mutex)
        }
    }
}
