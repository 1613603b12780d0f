/// The interface is what layout.golden says: same bytes for every compiler, and nothing released is gone.

import Fixtures
import PluginAPI
import Testing

@Suite("Interface")
struct ABITests {
    static let golden = "Tests/ABITests/layout.golden"
    static let compilers = ["gcc", "clang"].filter { Program.find($0) != nil }

    static func lines(_ path: String) throws -> [String] {
        try Repository.text(path).split(separator: "\n").map(String.init)
    }

    @Test("Each compiler lays the structs out as layout.golden says", arguments: compilers)
    func layout(_ compiler: String) throws {
        let directory = try TemporaryDirectory()
        let probe = directory.path + "/probe"
        let built = try Program.run([
            compiler, "-std=c11", "-I\(Repository.root)/PluginAPI/include",
            "\(Repository.root)/Tests/ABITests/Probe.c", "-o", probe,
        ])
        try #require(
            built.status == 0, "a type differs from layout.golden (Scripts/layout): \(built.errors)"
        )
        let printed = try Program.run([probe]).output.split(separator: "\n").map(String.init)
        let expected = try Self.lines(Self.golden)
        for (printed, expected) in zip(printed, expected) where printed != expected {
            Issue.record("\(compiler): \"\(printed)\", layout.golden: \"\(expected)\"")
        }
        #expect(printed.count == expected.count)
    }

    @Test("Every struct, enumeration and callback of the headers is in layout.golden")
    func complete() throws {
        let known = Set(
            try Self.lines(Self.golden).filter { !$0.hasPrefix(" ") }.compactMap {
                $0.split(separator: " ").dropFirst().first.map(String.init)
            })
        for header in try Self.headers() {
            let text = try Repository.text("PluginAPI/include/\(header)")
            for line in text.split(separator: "\n") {
                guard let name = Self.declared(in: line), name != "nself_host" else { continue }
                #expect(
                    known.contains(name),
                    "\(header): \(name) is not in layout.golden: run Scripts/layout")
            }
        }
        #expect(known.contains("nself_host"))
    }

    /// `} name;` ends a struct, `NSELF_ENUM(type, name)` and `NSELF_FLAGS(name)` begin an enumeration.
    static func declared(in line: Substring) -> String? {
        if line.hasPrefix("} nself_"), line.hasSuffix(";") {
            return String(line.dropFirst(2).dropLast())
        }
        guard line.hasPrefix("NSELF_ENUM(") || line.hasPrefix("NSELF_FLAGS("),
            let end = line.firstIndex(of: ")")
        else { return nil }
        let inside = line[..<end].split(whereSeparator: { "(, ".contains($0) })
        return inside.last.map(String.init)
    }

    @Test("No line of a release is gone from layout.golden")
    func released() throws {
        let now = Set(try Self.lines(Self.golden))
        for line in try Self.lines("Tests/ABITests/release/nself-1.0.golden") {
            #expect(now.contains(line), "released in 1.0 and changed since: \(line)")
        }
    }

    @Test(
        "The headers compile without a warning", arguments: compilers,
        ["c11", "c17", "c++17", "c++20"])
    func warnings(_ compiler: String, _ language: String) throws {
        let flavour = language.hasPrefix("c++") ? "c++" : "c"
        // In C++ gcc needs its own front end, which a machine with only C does not have.
        if flavour == "c++", compiler == "gcc", Program.find("g++") == nil { return }
        let directory = try TemporaryDirectory()
        // Each header alone, and the umbrella: an include that is missing shows.
        for header in try Self.headers()
        where header != "nself_note.h" && header != "nself/layout.h" {
            let source = "\(directory.path)/one.\(flavour == "c" ? "c" : "cc")"
            try Repository.write("#include <\(header)>\nint unit;\n".utf8, to: source)
            let built = try Program.run([
                compiler, "-x", flavour, "-std=\(language)", "-Wall", "-Wextra", "-Wpedantic",
                "-Werror",
                "-fsyntax-only", "-I\(Repository.root)/PluginAPI/include", source,
            ])
            #expect(built.status == 0, "\(compiler) \(language) \(header): \(built.errors)")
        }
    }

    static func headers() throws -> [String] {
        let folder = "\(Repository.root)/PluginAPI/include/"
        let found = try Program.run(["find", folder, "-name", "*.h"])
        return found.output.split(separator: "\n").map { String($0.dropFirst(folder.count)) }
            .sorted()
    }

    @Test("Swift imports the tables with the sizes of C")
    func importer() throws {
        let sizes = Dictionary(
            uniqueKeysWithValues: try Self.lines(Self.golden).compactMap { line -> (String, Int)? in
                let words = line.split(separator: " ")
                guard words.first == "struct", words.count == 3, let size = Int(words[2]) else {
                    return nil
                }
                return (String(words[1]), size)
            })
        #expect(MemoryLayout<nself_plugin>.size == sizes["nself_plugin"])
        #expect(MemoryLayout<nself_host>.size == sizes["nself_host"])
        #expect(MemoryLayout<nself_error>.size == sizes["nself_error"])
        #expect(MemoryLayout<nself_body>.stride == sizes["nself_body"])
        #expect(MemoryLayout<nself_http_request>.size == sizes["nself_http_request"])
        #expect(MemoryLayout<nself_http_response>.size == sizes["nself_http_response"])
        #expect(MemoryLayout<nself_db_request>.size == sizes["nself_db_request"])
        #expect(MemoryLayout<nself_db_result>.size == sizes["nself_db_result"])
        #expect(MemoryLayout<nself_metric_point>.size == sizes["nself_metric_point"])
        #expect(MemoryLayout<nself_host_core>.size == sizes["nself_host_core"])
    }

    @Test("No two interfaces have one id")
    func ids() throws {
        let ids = try Self.lines(Self.golden).filter {
            $0.hasPrefix("constant") && $0.contains("_ID ")
        }
        .map { String($0.split(separator: " ")[2]) }
        #expect(ids.count > 30)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.hasPrefix("nself.host.") || id.hasPrefix("nself.role."), "\(id)")
            #expect(id.hasSuffix("/1"), "\(id)")
        }
    }

    @Test(
        "Every bad plugin compiles: what is bad is seen at run time only",
        arguments: BadPlugin.names)
    func fixtures(_ name: String) throws {
        _ = try BadPlugin.path(name)
    }
}
