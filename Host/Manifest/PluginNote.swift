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
    /// What is wrong with the file: "it is cut off: …".
    public let reason: String
    /// What to do: "copy it again".
    public let advice: String

    public init(kind: Kind, path: String, reason: String, advice: String) {
        self.kind = kind
        self.path = path
        self.reason = reason
        self.advice = advice
    }

    public var description: String { "\(path): \(reason); \(advice)" }
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
                    reason: "there is no such file",
                    advice: "copy the plugin there, or correct its name")
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
                reason: "it is a directory or a device", advice: "name the .so file itself")
        }
        let source = ELFSource.descriptor(descriptor, size: UInt64(max(status.st_size, 0)))
        return try manifest(in: ELFFile(source, path: path), path: path)
    }

    /// From a copy in memory. [any]
    public static func read(bytes: [UInt8], path: String) throws(PluginFileError) -> PluginManifest
    {
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
                reason: "its manifest is not JSON (\(error))",
                advice: "correct plugin.json and build it again")
        }
        return try PluginManifest(json, path: path)
    }

    private static func unreadable(_ path: String) -> PluginFileError {
        PluginFileError(
            kind: .unreadable, path: path,
            reason: "it cannot be read: \(systemErrorText(errno))",
            advice: "give the user of nself the right to read it")
    }
}
