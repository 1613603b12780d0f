/// Reading and replacing whole small files with the C library alone. All of it is [any], and blocks.
import Glibc

/// A system call on a file that failed, as a sentence.
public struct FileError: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// What was tried: "cannot be opened".
    public let action: String
    public let code: Int32

    public init(path: String, action: String, code: Int32) {
        self.path = path
        self.action = action
        self.code = code
    }

    public var isMissing: Bool { code == ENOENT }
    public var description: String { "\(path) \(action): \(systemErrorText(code))" }
}

/// The sentence of the C library for an errno value.
public func systemErrorText(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
}

public enum FileAccess {
    /// The bytes of a file of at most `sizeMax` bytes; a longer one fails with EFBIG.
    public static func read(_ path: String, sizeMax: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(path: path, action: "cannot be opened", code: errno)
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw FileError(path: path, action: "cannot be read", code: errno)
            }
            if count == 0 { return content }
            guard content.count + count <= sizeMax else {
                throw FileError(path: path, action: "has more than \(sizeMax) bytes", code: EFBIG)
            }
            content.append(contentsOf: chunk[..<count])
        }
    }

    /// Replaces a file in one step: readers see the old or the new content, never a part.
    /// The new file has exactly `mode`, whatever the umask, from its first byte on.
    public static func replace(_ path: String, with content: [UInt8], mode: mode_t)
        throws(FileError)
    {
        let temporary = "\(path).\(getpid()).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0o600)
        guard descriptor >= 0 else {
            throw FileError(path: temporary, action: "cannot be created", code: errno)
        }
        let failed = writeAll(descriptor, content, mode)
        close(descriptor)
        if let failed {
            unlink(temporary)
            throw FileError(path: temporary, action: "cannot be written", code: failed)
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw FileError(path: path, action: "cannot be replaced", code: code)
        }
    }

    /// The names in a directory, sorted by their bytes, without those that begin with a dot.
    public static func names(in directory: String) throws(FileError) -> [String] {
        guard let stream = opendir(directory) else {
            throw FileError(path: directory, action: "cannot be opened", code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// nil when everything was written, otherwise the errno.
    private static func writeAll(_ descriptor: Int32, _ content: [UInt8], _ mode: mode_t) -> Int32?
    {
        guard fchmod(descriptor, mode) == 0 else { return errno }
        var written = 0
        while written < content.count {
            let count = content.withUnsafeBytes {
                write(descriptor, $0.baseAddress! + written, content.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return errno }
            written += count
        }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
