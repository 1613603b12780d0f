/// The corpus of the fuzzer over real connections: however its bytes are cut, the answers are the
/// same, and the server is fine afterwards (E15).

import CNself
import Glibc
import Testing

@testable import HostHTTP

@Suite("HTTP corpus")
struct HTTPCorpusTests {
    /// Contents of Tests/Fuzz/HTTP/Heads without the two bytes that are the fuzzer's own.
    static let corpus: [(name: String, bytes: [UInt8])] = {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(folder)/Fuzz/HTTP/Heads"
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var found: [(String, [UInt8])] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            let file = open("\(path)/\(name)", O_RDONLY)
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            let count = read(file, &bytes, bytes.count)
            if count > 2 { found.append((name, Array(bytes[2..<count]))) }
        }
        return found.sorted { $0.0 < $1.0 }
    }()

    /// Status lines of all answers to `bytes`, given in pieces that end at `cuts`.
    private func statuses(_ port: UInt16, _ bytes: [UInt8], cuts: [Int]) throws -> [String] {
        let client = try TestClient(port)
        var start = 0
        for cut in cuts + [bytes.count] where cut > start {
            client.send(Array(bytes[start..<cut]))
            start = cut
            if cut < bytes.count { usleep(2_000) }
        }
        client.endSending()
        let answer = String(decoding: try client.rest(), as: UTF8.self)
        return answer.split(separator: "\r\n").filter { $0.hasPrefix("HTTP/1.1 ") }.map(String.init)
    }

    @Test("Cutting the bytes of a connection anywhere changes no answer")
    func cuts() throws {
        #expect(Self.corpus.count > 8)
        try TestServer.with([ConnectionTests.echo]) { server in
            for (name, bytes) in Self.corpus {
                let whole = try statuses(server.port, bytes, cuts: [])
                for cut in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 12)) {
                    let cut = try statuses(server.port, bytes, cuts: [cut, cut + 1])
                    #expect(cut == whole, "\(name)")
                }
            }
            #expect(server.eventually { $0.front.counters.connectionsActive == 0 })
            #expect(server.onLoop { $0.front.counters.requestsActive } == 0)
            #expect(
                try TestClient(server.port).request(ConnectionTests.get("/echo?alive")).text
                    == "GET alive ")
        }
    }

    @Test("Mutated requests never stop the server or leave a request behind")
    func mutations() throws {
        try TestServer.with([ConnectionTests.echo]) { server in
            // A fixed sequence: a failure can be repeated.
            var state: UInt64 = 0x5EED
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            for _ in 0..<300 {
                var bytes = Self.corpus[next(Self.corpus.count)].bytes
                for _ in 0..<1 + next(4) {
                    switch next(3) {
                    case 0: bytes[next(bytes.count)] = UInt8(next(256))
                    case 1: bytes.insert(UInt8(next(256)), at: next(bytes.count))
                    default: if bytes.count > 1 { bytes.remove(at: next(bytes.count)) }
                    }
                }
                let client = try TestClient(server.port)
                client.send(bytes)
                if next(4) == 0 { client.reset() } else { client.endSending() }
                if next(2) == 0 { _ = try client.rest() }
            }
            #expect(server.eventually { $0.front.counters.connectionsActive == 0 })
            #expect(server.onLoop { $0.front.counters.requestsActive } == 0)
        }
    }
}
