/// nself.host.config/1: the instance's own configuration and data directory.

import CNself
import Glibc
import HostCore
import HostPlugins

enum ConfigInterface {
    /// Made on first use and never freed: a few strings for the life of the process.
    private struct Made: @unchecked Sendable {  // behind the mutex
        var directories: [String: nself_string] = [:]
        var configurations: [ObjectIdentifier: nself_bytes] = [:]
    }
    private static let made = Locked(Made())

    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_config.self, nself_host_config()) { table in
            table.pointee.current = { host in ConfigInterface.current(Generation.of(host)) }
            table.pointee.data_directory = { host in ConfigInterface.directory(Generation.of(host))
            }
        }
    }

    private static func current(_ generation: Generation) -> nself_bytes {
        made.withLock { made in
            let key = ObjectIdentifier(generation)
            if let known = made.configurations[key] { return known }
            let bytes = generation.configuration
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
            memory.initialize(from: bytes, count: bytes.count)
            let text = nself_bytes(data: memory, size: bytes.count)
            made.configurations[key] = text
            return text
        }
    }
    private static func directory(_ generation: Generation) -> nself_string {
        made.withLock { made in
            if let known = made.directories[generation.dataDirectory] { return known }
            // Its parent exists since start-up; EEXIST is the usual case. Others may pass through, not
            // look in: a database server runs as a user of its own.
            if mkdir(generation.dataDirectory, 0o711) != 0, errno != EEXIST {
                generation.runtime.log.write(
                    .error, generation.config.name,
                    "\(generation.dataDirectory) cannot be made: \(String(cString: strerror(errno)))"
                )
            }
            let text = permanent(generation.dataDirectory)
            made.directories[generation.dataDirectory] = text
            return text
        }
    }
}
