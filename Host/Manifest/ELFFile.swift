/// Finds the plugin manifest in a shared object without running any of its code.
///
/// Everything in the file is untrusted: every offset is checked against the size of the file
/// before it is read, sums cannot overflow, and what is read is bounded.
import Glibc

/// Where the bytes come from: an open file (read with pread, so that a file that is cut while we
/// read is an error and not a SIGBUS), or memory.
enum ELFSource {
    case descriptor(Int32, size: UInt64)
    case bytes([UInt8])

    var size: UInt64 {
        switch self {
        case .descriptor(_, let size): size
        case .bytes(let bytes): UInt64(bytes.count)
        }
    }
}

struct ELFFile {
    enum Machine: UInt16 {
        case x86_64 = 62
        case aarch64 = 183

        #if arch(x86_64)
            static let ours = Machine.x86_64
        #elseif arch(arm64)
            static let ours = Machine.aarch64
        #endif
    }

    /// A range of bytes in the file.
    struct Range: Equatable {
        let offset: UInt64
        let size: UInt64
    }

    /// Manifests are a few kilobytes; a megabyte leaves room for any schema.
    static let noteSizeMax: UInt64 = 1 << 20
    /// The names of all sections; usually some hundred bytes.
    static let namesSizeMax: UInt64 = 1 << 20

    private static let headerSize = 64
    private static let sectionSize = 64
    private static let segmentSize = 56
    private static let typeSharedObject: UInt16 = 3
    private static let segmentLoad: UInt32 = 1
    private static let segmentNote: UInt32 = 4
    private static let sectionNoBits: UInt32 = 8

    let source: ELFSource
    private let path: String

    init(_ source: ELFSource, path: String) {
        self.source = source
        self.path = path
    }

    /// The content of the note of `owner` and `type` in the section `section`. When the section
    /// table was stripped, it is looked for in the segments that hold notes.
    func note(section: String, owner: String, type: UInt32) throws(PluginFileError) -> [UInt8] {
        let header = try checkedHeader()
        let segments = try segments(header)
        let sections = try sections(header, named: section)
        let ranges = sections.isEmpty ? segments : sections
        for range in ranges {
            guard range.size <= Self.noteSizeMax else {
                throw error(
                    .badNote,
                    "its manifest note has \(range.size) bytes, and the most is \(Self.noteSizeMax)",
                    "make plugin.json smaller")
            }
            let bytes = try read(range, "its manifest note")
            if let found = try Self.find(owner: owner, type: type, in: bytes, failing: error) {
                return found
            }
        }
        throw error(
            .noNote, "it has no plugin manifest (no note of \"\(owner)\" in \(section))",
            "if it is a plugin, include nself_note.h in one of its C files and build it again")
    }

    private func checkedHeader() throws(PluginFileError) -> Bytes {
        let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
        let start = try read(Range(offset: 0, size: min(source.size, 4)), "its start")
        guard start.bytes.elementsEqual(magic.prefix(start.bytes.count)), !start.bytes.isEmpty
        else {
            throw error(
                .notELF,
                source.size == 0 ? "it is empty" : "it is not a shared object (no ELF file)",
                "copy the .so that the build made there")
        }
        let header = try read(Range(offset: 0, size: UInt64(Self.headerSize)), "its header")
        guard header.u8(4) == 2, header.u8(5) == 1 else {
            throw error(
                .wrongArchitecture, "it is not a 64-bit little-endian object",
                "build it for \(Machine.ours)")
        }
        guard header.u16(18) == Machine.ours.rawValue else {
            let machine =
                Machine(rawValue: header.u16(18)).map { "\($0)" }
                ?? "another machine (number \(header.u16(18)))"
            throw error(
                .wrongArchitecture,
                "it is built for \(machine) and this machine is \(Machine.ours)",
                "build it for \(Machine.ours)")
        }
        guard header.u16(16) == Self.typeSharedObject else {
            throw error(
                .notSharedObject, "it is an ELF file but no shared object", "link it with -shared")
        }
        return header
    }

    private func sections(_ header: Bytes, named wanted: String) throws(PluginFileError) -> [Range]
    {
        let offset = header.u64(40)
        let count = Int(header.u16(60))
        let namesIndex = Int(header.u16(62))
        guard offset != 0, count != 0 else { return [] }
        guard header.u16(58) == UInt16(Self.sectionSize), namesIndex < count else {
            throw error(.malformed, "its section table is damaged", "build it again")
        }
        let table = try read(
            Range(offset: offset, size: UInt64(count * Self.sectionSize)), "its section table")
        let namesRange = range(table, namesIndex * Self.sectionSize + 24)
        guard namesRange.size <= Self.namesSizeMax else {
            throw error(
                .malformed, "its section names take \(namesRange.size) bytes", "build it again")
        }
        let names = try read(namesRange, "its section names").bytes
        var found: [Range] = []
        for index in 0..<count {
            let at = index * Self.sectionSize
            let name = Int(table.u32(at))
            guard name < names.count, table.u32(at + 4) != Self.sectionNoBits,
                names[name...].starts(with: Array(wanted.utf8) + [0])
            else { continue }
            found.append(range(table, at + 24))
        }
        return found
    }

    /// Segments that hold notes. Checks also that the file has all the bytes that the loader
    /// will map: reading a mapped page behind the end of a file kills a process.
    private func segments(_ header: Bytes) throws(PluginFileError) -> [Range] {
        let count = Int(header.u16(56))
        guard count != 0 else { return [] }
        guard header.u16(54) == UInt16(Self.segmentSize) else {
            throw error(.malformed, "its segment table is damaged", "build it again")
        }
        let table = try read(
            Range(offset: header.u64(32), size: UInt64(count * Self.segmentSize)),
            "its segment table")
        var notes: [Range] = []
        for at in stride(from: 0, to: count * Self.segmentSize, by: Self.segmentSize) {
            let range = Range(offset: table.u64(at + 8), size: table.u64(at + 32))
            switch table.u32(at) {
            case Self.segmentLoad: try check(range, "a segment")
            case Self.segmentNote: notes.append(range)
            default: break
            }
        }
        return notes
    }

    /// Walks the notes in `bytes`; nil when none is the wanted one.
    private static func find(
        owner: String, type: UInt32, in bytes: Bytes,
        failing error: (PluginFileError.Kind, String, String) -> PluginFileError
    ) throws(PluginFileError) -> [UInt8]? {
        let wanted = Array(owner.utf8) + [0]
        var position = 0
        while bytes.count - position >= 12 {
            let ownerSize = Int(bytes.u32(position))
            let contentSize = Int(bytes.u32(position + 4))
            let noteType = bytes.u32(position + 8)
            // 32-bit sizes in 64-bit sums: these cannot overflow.
            let content = position + 12 + (ownerSize + 3) & ~3
            let end = content + contentSize
            guard end <= bytes.count else {
                throw error(
                    .badNote, "its manifest note is longer than its section", "build it again")
            }
            if noteType == type, ownerSize == wanted.count,
                bytes.bytes[(position + 12)..<(position + 12 + ownerSize)].elementsEqual(wanted)
            {
                return Array(bytes.bytes[content..<end])
            }
            position = (end + 3) & ~3
        }
        return nil
    }

    private func range(_ table: Bytes, _ at: Int) -> Range {
        Range(offset: table.u64(at), size: table.u64(at + 8))
    }

    private func check(_ range: Range, _ what: String) throws(PluginFileError) {
        let (end, overflow) = range.offset.addingReportingOverflow(range.size)
        guard !overflow, end <= source.size else {
            throw error(
                .truncated,
                "it is cut off: \(what) ends at byte \(overflow ? UInt64.max : end) and the file has \(source.size)",
                "copy it again")
        }
    }

    private func read(_ range: Range, _ what: String) throws(PluginFileError) -> Bytes {
        try check(range, what)
        switch source {
        case .bytes(let bytes):
            return Bytes(Array(bytes[Int(range.offset)..<Int(range.offset + range.size)]))
        case .descriptor(let descriptor, _):
            var content = [UInt8](repeating: 0, count: Int(range.size))
            var done = 0
            while done < content.count {
                let count = content.withUnsafeMutableBytes { buffer in
                    pread(
                        descriptor, buffer.baseAddress! + done, buffer.count - done,
                        off_t(range.offset) + off_t(done))
                }
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else {
                    throw error(
                        .unreadable, "it cannot be read: \(systemErrorText(errno))",
                        "check the disk")
                }
                guard count > 0 else {
                    throw error(
                        .truncated, "it became shorter while it was read",
                        "copy it under another name and rename it")
                }
                done += count
            }
            return Bytes(content)
        }
    }

    private func error(_ kind: PluginFileError.Kind, _ reason: String, _ advice: String)
        -> PluginFileError
    {
        PluginFileError(kind: kind, path: path, reason: reason, advice: advice)
    }
}

/// Little-endian numbers at offsets that the caller has checked against `count`.
struct Bytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }
    func u8(_ at: Int) -> UInt8 { bytes[at] }
    func u16(_ at: Int) -> UInt16 { number(at) }
    func u32(_ at: Int) -> UInt32 { number(at) }
    func u64(_ at: Int) -> UInt64 { number(at) }

    private func number<Number: FixedWidthInteger>(_ at: Int) -> Number {
        bytes[at..<(at + MemoryLayout<Number>.size)].withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(as: Number.self))
        }
    }
}
