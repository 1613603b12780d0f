/// The manifest of a plugin file, read from its ELF note without running any of its code.
import CNself
import Glibc

/// Why a file is not a plugin that this host can load.
public struct PluginFileError: Error, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case missing, unreadable, notELF, truncated, malformed, wrongArchitecture, notSharedObject
        case noNote, badNote, badJSON, badManifest, wrongABI
    }

    public let kind: Kind
    public let path: String
    /// What is wrong with it and what to do, without the path.
    public let sentence: String

    public var description: String { "\(path): \(sentence)" }
}

public enum PluginNote {
    static let section = ".note.nself.plugin"
    static let owner = "nself"
    static let typeManifest: UInt32 = 1

    /// The interface version this program was built with.
    public static let abiMajor = Int(NSELF_ABI_MAJOR)
    public static let abiMinor = Int(NSELF_ABI_MINOR)

    /// [any], blocks for some reads of a few kilobytes.
    public static func read(path: String) throws(PluginFileError) -> PluginManifest {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? PluginFileError(
                    kind: .missing, path: path,
                    sentence: "there is no such file; copy the plugin there, or correct `file`")
                : unreadable(path)
        }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, path: path)
    }

    /// From an open file, so that exactly the file that is loaded later is the one that was read;
    /// `path` is for messages. The descriptor's position does not move. [any], blocks
    public static func read(descriptor: Int32, path: String) throws(PluginFileError)
        -> PluginManifest
    {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw PluginFileError(
                kind: .unreadable, path: path,
                sentence: "it is a directory or a device; name the .so file itself")
        }
        let source = ELFSource.descriptor(descriptor, size: UInt64(max(status.st_size, 0)))
        return try manifest(in: ELFFile(source, path: path), path: path)
    }

    /// From a copy in memory. [any]
    public static func read(bytes: [UInt8], path: String) throws(PluginFileError) -> PluginManifest {
        try manifest(in: ELFFile(.bytes(bytes), path: path), path: path)
    }

    private static func manifest(in file: ELFFile, path: String) throws(PluginFileError)
        -> PluginManifest
    {
        let note = try file.note(section: section, owner: owner, type: typeManifest)
        // A manifest from a C string literal carries the zero at its end.
        let text = note[..<((note.lastIndex { $0 != 0 } ?? -1) + 1)]
        let json: JSONValue
        do {
            json = try JSONValue(parsing: text)
        } catch {
            throw PluginFileError(
                kind: .badJSON, path: path,
                sentence: "its manifest is not JSON (\(error)); correct plugin.json and build it again")
        }
        return try PluginManifest(json, path: path)
    }

    private static func unreadable(_ path: String) -> PluginFileError {
        PluginFileError(
            kind: .unreadable, path: path,
            sentence: "it cannot be read: \(systemErrorText(errno))")
    }
}
