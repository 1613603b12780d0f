/// The file that is really loaded: a copy under a name never used before in this process.
///
/// dlopen compares names before files, so the same path would give the old code again, and a
/// mapped file that is overwritten or truncated in plugins/ would crash the host.

import Glibc
import HostCore
import HostManifest
import HostShim

struct PrivateCopy {
    let path: String
    /// SHA-256 of the very bytes that were copied.
    let digest: String
    let manifest: PluginManifest

    /// Copies `file` to <directory>/<instance>.<generation>.<digest>.so. [control] blocks
    init(
        of file: String, instance: String, generation: UInt64, directory: String
    ) throws(PluginFailure) {
        let source = nself_shim_open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
        guard source >= 0 else {
            throw PluginFailure("\(file): it cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(source) }
        let temporary = "\(directory)/.\(instance).\(generation).\(getpid()).tmp"
        let copy = nself_shim_open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o700)
        guard copy >= 0 else {
            throw PluginFailure(
                "\(temporary): the private copy cannot be made: \(String(cString: strerror(errno)))"
            )
        }
        defer { close(copy) }
        do throws(PluginFailure) {
            try PrivateCopy.copyBytes(from: source, to: copy, file)
            do {
                manifest = try PluginNote.read(descriptor: copy, path: file)
                digest = try FileDigest.sha256(descriptor: copy, path: file)
            } catch { throw PluginFailure("\(error)") }
            path = "\(directory)/\(instance).\(generation).\(digest.prefix(16)).so"
            unlink(path)
            guard rename(temporary, path) == 0 else {
                throw PluginFailure("\(path): \(String(cString: strerror(errno)))")
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Once loaded the name is not needed any more: the image keeps the file.
    func removeName() { unlink(path) }

    private static func copyBytes(from source: Int32, to copy: Int32, _ file: String)
        throws(PluginFailure)
    {
        var status = stat()
        guard fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw PluginFailure("\(file): it is not a regular file; name the .so file itself")
        }
        guard status.st_size <= Limits.pluginFileMax else {
            throw PluginFailure(
                "\(file): it has \(status.st_size) bytes, more than the \(Limits.pluginFileMax) a plugin may have"
            )
        }
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = read(source, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw PluginFailure(
                    "\(file): it cannot be read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { return }
            var offset = 0
            while offset < count {
                let written = chunk.withUnsafeBytes {
                    write(copy, $0.baseAddress! + offset, count - offset)
                }
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else {
                    throw PluginFailure(
                        "the private copy of \(file) cannot be written: \(String(cString: strerror(errno)))"
                    )
                }
                offset += written
            }
        }
    }
}
