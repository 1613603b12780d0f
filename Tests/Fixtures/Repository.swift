/// Where things are: the repository, and the build directory of this test run.

import Glibc

public enum Repository {
    /// Three directories above this file.
    public static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// Where `swift test` has put the programs and libraries it built along with this program.
    public static let products: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let size = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard size > 0 else { return root + "/.build/debug" }
        let path = String(decoding: buffer[..<size].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }()

    /// The shared object of a plugin: `hello` is `libhello.so`.
    public static func plugin(_ name: String) -> String { "\(products)/lib\(name).so" }

    public static func text(_ path: String) throws -> String {
        String(decoding: try bytes("\(root)/\(path)"), as: UTF8.self)
    }

    public static func bytes(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemError("open \(path)") }
        defer { close(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0 { throw SystemError("read \(path)") }
            if count == 0 { return content }
            content += chunk[..<count]
        }
    }

    public static func write(
        _ content: some Collection<UInt8>, to path: String, mode: mode_t = 0o644
    )
        throws
    {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw SystemError("create \(path)") }
        defer { close(file) }
        let bytes = Array(content)
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw SystemError("write \(path)") }
            offset += count
        }
    }
}

/// What the C library said, with what was tried.
public struct SystemError: Error, CustomStringConvertible {
    public let description: String
    public init(_ what: String, _ code: Int32 = errno) {
        description = "\(what): \(String(cString: strerror(code)))"
    }
}
