/// Replays the fuzzers' corpus: seeds, and whatever they once found.
import Foundation
import Testing

@testable import PluginGraphQL

@Suite("GraphQL fuzz corpus")
struct LanguageCorpusTests {
    private func files(_ name: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Fuzz/GraphQL/\(name)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            file in
            (file, [UInt8](try Data(contentsOf: folder.appending(path: file))))
        }
    }

    @Test("Every document of the corpus keeps the properties")
    func documents() throws {
        let schema = try TextSchema(ValidateFixture.source)
        let files = try files("Documents")
        #expect(files.count > 5)
        for file in files {
            let failure = file.bytes.withUnsafeBytes {
                LanguageProperties.failure(ofDocument: $0, schema: schema)
            }
            #expect(failure == nil, "\(file.name)")
        }
    }

    @Test("Every request of the corpus keeps the properties")
    func requests() throws {
        let files = try files("Requests")
        #expect(files.count > 5)
        for file in files {
            let failure = file.bytes.withUnsafeBytes { LanguageProperties.failure(ofRequest: $0) }
            #expect(failure == nil, "\(file.name)")
        }
    }

    @Test("Every prefix of the corpus, and every one with a byte changed, keeps the properties")
    func mutations() throws {
        let schema = try TextSchema(ValidateFixture.source)
        for file in try files("Documents") where file.bytes.count < 1500 {
            for cut in stride(from: 0, to: file.bytes.count, by: 7) {
                var bytes = file.bytes
                bytes[cut] = UInt8(truncatingIfNeeded: cut &* 31)
                for variant in [Array(file.bytes[..<cut]), bytes] {
                    let failure = variant.withUnsafeBytes {
                        LanguageProperties.failure(ofDocument: $0, schema: schema)
                    }
                    #expect(failure == nil, "\(file.name) at \(cut)")
                }
            }
        }
        for file in try files("Requests") where file.bytes.count < 1500 {
            for cut in file.bytes.indices {
                var bytes = file.bytes
                bytes[cut] = UInt8(truncatingIfNeeded: cut &* 31)
                for variant in [Array(file.bytes[..<cut]), bytes] {
                    let failure = variant.withUnsafeBytes {
                        LanguageProperties.failure(ofRequest: $0)
                    }
                    #expect(failure == nil, "\(file.name) at \(cut)")
                }
            }
        }
    }
}
