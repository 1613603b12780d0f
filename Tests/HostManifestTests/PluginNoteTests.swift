/// Manifests in shared objects: read without running code, refused with a reason, never a crash.
import Fixtures
import HostManifest
import Testing

/// A directory with shared objects that the C compiler made, removed at the end.
private final class Objects {
    private let temporary: TemporaryDirectory
    var directory: String { temporary.path }

    init() throws { temporary = try TemporaryDirectory() }

    /// Compiles `source` to `<name>.so`.
    func make(_ name: String, _ source: String) throws -> String {
        let file = "\(directory)/\(name)"
        try Repository.write(source.utf8, to: file + ".c")
        try BadPlugin.compile(file + ".c", to: file + ".so")
        return file + ".so"
    }

    func plugin(_ name: String, _ manifest: String) throws -> String {
        let literal = JSONValue.string(manifest).text
        return try make(
            name, "#include \"nself/manifest.h\"\nNSELF_PLUGIN_MANIFEST(\(literal));\n")
    }
}

private let good = """
    {"manifest":1,"id":"dev.nself.probe","version":"1.2.3","abi":"1.0","license":"MIT",
     "roles":["nself.role.http_handler/1"],"uses":["nself.host.database/1","nself.host.events/1?"],
     "provides":["probe.echo/1"],"requires":["auth.identity/1?"],"network":["example.org"],
     "concurrency":"parallel","handover":"overlap",
     "config_schema":{"properties":{"size":{"type":"integer"}}}}
    """

private func bytes(_ path: String) throws -> [UInt8] { try FileAccess.read(path, sizeMax: 1 << 20) }

/// One good plugin for all tests.
private let goodBytes = Result {
    let objects = try Objects()
    defer { withExtendedLifetime(objects) {} }
    return try bytes(objects.plugin("good", good))
}

private func kind(_ bytes: [UInt8]) -> PluginFileError.Kind? {
    do {
        _ = try PluginNote.read(bytes: bytes, path: "x.so")
        return nil
    } catch {
        return error.kind
    }
}

@Suite struct PluginNoteTests {
    @Test("The manifest of a shared object is read without loading it")
    func reads() throws {
        let objects = try Objects()
        let path = try objects.plugin("good", good)
        let manifest = try PluginNote.read(path: path)
        withExtendedLifetime(objects) {}
        #expect(manifest.id == "dev.nself.probe")
        #expect(manifest.version == "1.2.3")
        #expect(manifest.roles == ["nself.role.http_handler/1"])
        #expect(manifest.uses.map(\.id) == ["nself.host.database/1", "nself.host.events/1"])
        #expect(manifest.uses.map(\.optional) == [false, true])
        #expect(manifest.provides == ["probe.echo/1"])
        #expect(manifest.concurrency == .parallel)
        #expect(manifest.handover == .overlap)
        #expect(manifest.servesRoutes)
        #expect(manifest.schema.check(["size": "x"]).violations.count == 1)
    }

    @Test("A note is found by its segment when the section table was removed")
    func stripped() throws {
        var content = try goodBytes.get()
        for offset in Array(40..<48) + Array(60..<64) { content[offset] = 0 }
        #expect(try PluginNote.read(bytes: content, path: "x.so").id == "dev.nself.probe")
    }

    @Test("Each wrong file is refused with its own reason and what to do")
    func refused() throws {
        let objects = try Objects()
        let plain = try goodBytes.get()
        func says(_ content: [UInt8]) -> String {
            do {
                return try PluginNote.read(bytes: content, path: "p.so").id
            } catch {
                return "\(error)"
            }
        }
        func changed(_ offset: Int, _ value: UInt8) -> [UInt8] {
            var content = plain
            content[offset] = value
            return content
        }
        #if arch(x86_64)
            let (ours, other, number) = ("x86_64", "aarch64", UInt8(183))
        #else
            let (ours, other, number) = ("aarch64", "x86_64", UInt8(62))
        #endif
        #expect(says([]) == "p.so: it is empty; copy the .so that the build made there")
        #expect(
            says(Array("#!/bin/sh\n".utf8))
                == "p.so: it is not a shared object (no ELF file); copy the .so that the build made there"
        )
        #expect(
            says(changed(18, number))
                == "p.so: it is built for \(other) and this machine is \(ours); build it for \(ours)"
        )
        #expect(
            says(changed(4, 1))
                == "p.so: it is not a 64-bit little-endian object; build it for \(ours)")
        #expect(
            says(changed(16, 2))
                == "p.so: it is an ELF file but no shared object; link it with -shared")
        #expect(
            says(Array(plain.dropLast())).hasPrefix(
                "p.so: it is cut off: its section table ends at byte \(plain.count)"))
        let none = try bytes(objects.make("none", "int x;"))
        #expect(
            says(none)
                == "p.so: it has no plugin manifest (no note of \"nself\" in .note.nself.plugin); if it is a plugin, include nself_note.h in one of its C files and build it again"
        )
        #expect(kind(none) == .noNote)
        let badJSON = try bytes(objects.plugin("json", "{\"manifest\":1,}"))
        #expect(
            says(badJSON)
                == "p.so: its manifest is not JSON (line 1, column 15: a key in quotes is expected); correct plugin.json and build it again"
        )
        let newer = try bytes(
            objects.plugin("abi", good.replacing("\"abi\":\"1.0\"", with: "\"abi\":\"2.0\"")))
        #expect(
            says(newer)
                == "p.so: it is built for interface 2.0 and this host serves 1.0; build it with the headers of 1.0"
        )
        #expect(kind(newer) == .wrongABI)
        let wrong = try bytes(
            objects.plugin(
                "wrong",
                """
                {"manifest":1,"id":"Bad Id","version":"1","abi":"x","roles":"r","uses":["database"],
                 "concurrency":"both","config_schema":{"typ":1}}
                """))
        #expect(
            says(wrong)
                == "p.so: its manifest is wrong: \"abi\" must be the interface version as \"1.0\", \"id\" must be 1 to 128 of a-z 0-9 . - _, for example \"dev.nself.storage\", \"version\" must be a semantic version, for example \"1.3.0\", \"roles\" must be an array of strings and is string, \"uses\" holds \"database\", which is not of the form nself.host.<name>/<number>, \"concurrency\" must be \"serial\" or \"parallel\", config_schema #: \"typ\" is a keyword that this program does not check; correct plugin.json and build it again"
        )
        #expect(kind(try bytes(objects.plugin("list", "[]"))) == .badManifest)
        #expect(
            kind(
                try bytes(
                    objects.plugin("form", good.replacing("\"manifest\":1", with: "\"manifest\":2"))
                )) == .badManifest)
        withExtendedLifetime(objects) {}
    }

    @Test("A missing file, a directory and a device are refused as what they are")
    func notFiles() {
        func says(_ path: String) -> String {
            do {
                return try PluginNote.read(path: path).id
            } catch {
                return "\(error)"
            }
        }
        #expect(
            says("/nowhere/x.so")
                == "/nowhere/x.so: there is no such file; copy the plugin there, or correct its name"
        )
        #expect(says("/tmp") == "/tmp: it is a directory or a device; name the .so file itself")
        #expect(
            says("/dev/zero")
                == "/dev/zero: it is a directory or a device; name the .so file itself")
    }

    @Test("A file that is cut off anywhere is refused, and nothing is read behind its end")
    func truncated() throws {
        let content = try goodBytes.get()
        var kinds: Set<String> = []
        for length in 0..<content.count {
            let found = try #require(kind(Array(content[..<length])), "accepted at \(length)")
            kinds.insert(found.rawValue)
        }
        #expect(kinds == ["notELF", "truncated"])
    }

    @Test("Without a section table, a file that lacks bytes of a segment is cut off, too")
    func truncatedSegments() throws {
        var content = try goodBytes.get()
        for offset in Array(40..<48) + Array(60..<64) { content[offset] = 0 }
        // The last loaded segment ends before the section table: cut well inside.
        #expect(kind(Array(content[..<(content.count / 4)])) == .truncated)
    }

    @Test("Changed bytes in every place of the tables and the note never crash the reader")
    func damaged() throws {
        let content = try goodBytes.get()
        let table = Int(content[40]) | Int(content[41]) << 8 | Int(content[42]) << 16
        let note = try #require(content.firstRange(of: Array("\"manifest\"".utf8))).lowerBound - 40
        let places =
            Array(0..<min(1_024, content.count)) + Array(table..<content.count)
            + Array(note..<(note + 700))
        var accepted = 0
        for place in places where place < content.count {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, content[place] ^ 0x10] {
                var damaged = content
                damaged[place] = value
                if kind(damaged) == nil { accepted += 1 }
            }
        }
        // Most bytes of a file do not concern the manifest.
        #expect(accepted > 0)
    }

    @Test("Random tables of sections and segments never crash the reader")
    func random() throws {
        let content = try goodBytes.get()
        var generator = Numbers(state: 42)
        for _ in 0..<3_000 {
            var damaged = content
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                let header = Bool.random(using: &generator)
                let place =
                    header
                    ? Int.random(in: 16..<64, using: &generator)
                    : Int.random(in: 0..<damaged.count, using: &generator)
                damaged[place] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = kind(damaged)
        }
    }

    @Test("The digest of a file is its SHA-256")
    func digest() throws {
        let objects = try Objects()
        let path = objects.directory + "/abc"
        try Repository.write("abc".utf8, to: path)
        #expect(
            try FileDigest.sha256(path: path)
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(throws: FileError.self) { try FileDigest.sha256(path: path + "x") }
    }
}

/// Repeatable numbers, so that a failure can be seen again.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
