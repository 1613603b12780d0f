/// Files that are no plugin at all, made from a good one. The host must refuse each with a sentence
/// that says what the file is, and run nothing of it.

import Glibc

public enum BrokenFile: String, CaseIterable, Sendable {
    /// "this is not a plugin\n"
    case text
    /// A script with an interpreter line.
    case script
    /// No byte at all.
    case empty
    /// A good plugin cut after the magic number, inside the header, after it, in the program
    /// headers, in the middle, and one byte before the end.
    case truncatedMagic, truncatedHeader, truncatedAfterHeader, truncatedPrograms, truncatedHalf
    case truncatedLastByte
    /// A good plugin whose header claims another machine (AArch64 on x86-64 and the reverse),
    /// another class (32 bit), another byte order.
    case otherMachine, otherClass, otherByteOrder
    /// A good plugin whose header claims to be a program, an object file, a core dump.
    case program, object, core
    /// A good plugin whose section headers, or program headers, lie beyond the end of the file.
    case sectionsBeyondEnd, programsBeyondEnd
    /// A good plugin with 65,535 section headers claimed.
    case manySections
    /// Random-looking bytes behind a right magic number.
    case noise
    /// A directory of that name, a dangling link, a named pipe, a file without read permission
    /// (which root reads all the same).
    case directory, danglingLink, pipe, unreadable

    /// Makes it as `<directory>/<name>.so` and returns the path. `plugin` is a good one.
    public func make(in directory: String, from plugin: String) throws -> String {
        let path = "\(directory)/\(rawValue).so"
        switch self {
        case .directory:
            guard mkdir(path, 0o755) == 0 else { throw SystemError("mkdir \(path)") }
        case .danglingLink:
            guard symlink("nowhere.so", path) == 0 else { throw SystemError("symlink \(path)") }
        case .pipe:
            guard mkfifo(path, 0o644) == 0 else { throw SystemError("mkfifo \(path)") }
        case .unreadable:
            try Repository.write(try Repository.bytes(plugin), to: path, mode: 0o200)
        default:
            try Repository.write(spoil(try Repository.bytes(plugin)), to: path)
        }
        return path
    }

    /// Offsets of ELF64 header fields (System V ABI, chapter 4).
    private enum Field {
        static let fileClass = 4
        static let byteOrder = 5
        static let type = 16
        static let machine = 18
        static let programsOffset = 32
        static let sectionsOffset = 40
        static let sectionCount = 60
        static let headerSize = 64
        static let programSize = 56
    }

    private func spoil(_ good: [UInt8]) -> [UInt8] {
        var file = good
        switch self {
        case .text: return Array("this is not a plugin\n".utf8)
        case .script: return Array("#!/bin/sh\necho this is not a plugin\n".utf8)
        case .empty: return []
        case .truncatedMagic: return Array(good.prefix(4))
        case .truncatedHeader: return Array(good.prefix(Field.headerSize - 1))
        case .truncatedAfterHeader: return Array(good.prefix(Field.headerSize))
        case .truncatedPrograms:
            return Array(good.prefix(Field.headerSize + Field.programSize * 2 + 7))
        case .truncatedHalf: return Array(good.prefix(good.count / 2))
        case .truncatedLastByte: return Array(good.dropLast())
        case .otherMachine:
            let (x86_64, aarch64): (UInt8, UInt8) = (62, 183)
            file[Field.machine] = file[Field.machine] == x86_64 ? aarch64 : x86_64
        case .otherClass: file[Field.fileClass] = 1
        case .otherByteOrder: file[Field.byteOrder] = file[Field.byteOrder] == 1 ? 2 : 1
        case .object: file[Field.type] = 1
        case .program: file[Field.type] = 2
        case .core: file[Field.type] = 4
        case .sectionsBeyondEnd: fill(&file, Field.sectionsOffset, [0, 0, 0, 0, 1, 0, 0, 0])
        case .programsBeyondEnd:
            fill(&file, Field.programsOffset, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
        case .manySections: fill(&file, Field.sectionCount, [0xff, 0xff])
        case .noise:
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            for index in 4..<file.count {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                file[index] = UInt8(truncatingIfNeeded: state >> 33)
            }
        case .directory, .danglingLink, .pipe, .unreadable: break
        }
        return file
    }

    private func fill(_ file: inout [UInt8], _ offset: Int, _ bytes: [UInt8]) {
        file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
}
