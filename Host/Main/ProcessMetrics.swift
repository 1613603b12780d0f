/// Figures of the process and of its log, under the names every Prometheus dashboard knows.

import Glibc
import HostCore
import HostShim

final class ProcessMetrics: MetricSource {
    private let log: Log
    private let startedAt = Double(Clock.unix()) / 1e9

    init(_ log: Log) { self.log = log }

    /// [any] reads a few files of /proc
    func collect(into points: inout [MetricPoint]) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        points.append(
            MetricPoint(
                .counter, "process_cpu_seconds_total", "User and system time.", unit: "s",
                value: seconds(usage.ru_utime) + seconds(usage.ru_stime)))
        let pages = ProcessMetrics.read("/proc/self/statm").split(separator: " ").map {
            Double($0) ?? 0
        }
        let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
        if pages.count > 1 {
            points.append(
                MetricPoint(
                    .gauge, "process_virtual_memory_bytes", "Virtual memory.", unit: "By",
                    value: pages[0] * pageSize))
            points.append(
                MetricPoint(
                    .gauge, "process_resident_memory_bytes", "Resident memory.", unit: "By",
                    value: pages[1] * pageSize))
        }
        points.append(
            MetricPoint(
                .gauge, "process_open_fds", "Open descriptors.",
                value: Double(ProcessMetrics.openDescriptors())))
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        points.append(
            MetricPoint(
                .gauge, "process_max_fds", "Descriptors that may be open.",
                value: Double(limit.rlim_cur)))
        points.append(
            MetricPoint(
                .gauge, "process_start_time_seconds", "Start of the process since 1970.", unit: "s",
                value: startedAt))
        points.append(
            MetricPoint(
                .counter, "nself_log_records_dropped_total",
                "Log records that found the buffer full.",
                value: Double(log.droppedCount)))
    }

    private static func openDescriptors() -> Int {
        guard let directory = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return max(0, count - 3)  // ., .., and the directory itself
    }
    private static func read(_ path: String) -> String {
        let descriptor = nself_shim_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
