/// A directory that only this test uses, removed with everything in it when it is released.

import Glibc
import Synchronization

public final class TemporaryDirectory: Sendable {
    public let path: String

    public init() throws {
        var template = Array("/tmp/nself-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        path = String(cString: made)
        let path = path
        TemporaryDirectory.live.withLock { _ = $0.insert(path) }
        _ = TemporaryDirectory.atEnd
    }
    deinit {
        let path = path
        TemporaryDirectory.live.withLock { _ = $0.remove(path) }
        TemporaryDirectory.remove(path)
    }

    /// Those that are kept in statics go when the test program ends.
    private static let live = Mutex<Set<String>>([])
    private static let atEnd: Void = {
        atexit {
            for path in TemporaryDirectory.live.withLock({ $0 }) { TemporaryDirectory.remove(path) }
        }
    }()

    /// Removes `path` and what is below it; links are removed, not followed.
    public static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        guard let directory = opendir(path) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { remove("\(path)/\(name)") }
        }
        closedir(directory)
        rmdir(path)
    }
}
