/// Story: somebody has bad plugins. The host refuses each with a sentence, starts without it and
/// serves the good ones.

import Fixtures
import Glibc
import HostManifest
import Testing

@Suite("Bad plugins")
struct BadPluginTests {
    /// What the reason must contain. All of these are refused before or while they start.
    static let refused: [(name: String, words: [String])] = [
        ("no_entry", ["nself_plugin_query"]),
        ("no_note", ["manifest"]),
        ("note_broken_json", ["JSON"]),
        ("note_not_object", ["object"]),
        ("note_size_lies", ["note"]),
        ("manifest_version", ["must be 1"]),
        ("abi_major_in_manifest", ["2.0"]),
        ("abi_major_in_table", ["2.0", "1.0"]),
        ("struct_size", ["136", "144"]),
        ("id_differs", ["dev.nself.bad.somebody_else", "dev.nself.bad.id_differs"]),
        ("version_differs", ["1.0.1", "1.0.0"]),
        ("unknown_role", ["nself.role.teleporter/1"]),
        ("unknown_use", ["nself.host.teleporter/1"]),
        ("schema_broken", ["obgect"]),
        ("undefined_symbol", ["nself_symbol_that_nobody_defines"]),
        ("query_null", ["1.0"]),
        ("null_function", ["null"]),
        ("create_fails", ["the moon is in the wrong phase"]),
        ("validate_fails", ["nothing can be right here"]),
        ("apply_fails", ["right, but not possible"]),
        ("route_twice", ["/bad/route_twice"]),
        ("route_pattern", ["/bad/{open"]),
        ("start_fails", ["the database is on holiday"]),
        ("start_hangs", ["start"]),
        ("role_size", ["nself.role.http_handler/1", "16"]),
        ("role_missing", ["nself.role.http_handler/1"]),
        ("role_null", ["nself.role.http_handler/1", "handle"]),
    ]

    static func table(_ names: [String]) -> String {
        names.map { "[plugins.\($0)]\nfile = \"\($0).so\"" }.joined(separator: "\n")
    }

    @Test("Each is refused with a sentence that says what is wrong; the host starts and serves")
    func refusals() throws {
        let names = Self.refused.map(\.name)
        let host = try RunningHost(
            "[plugins.hello]\nfile = \"hello.so\"\n" + Self.table(names), plugins: ["hello"],
            files: try names.map { ("\($0).so", try BadPlugin.path($0)) },
            host: "[host.limits]\nstart_timeout = \"1 s\"")
        #expect(try host.get("/hello").status == 200)
        let instances = try host.instances()
        for (name, words) in Self.refused {
            let instance = try #require(instances[name], "\(name) is not listed")
            #expect(instance.state != "running", "\(name) runs")
            for word in words {
                #expect(
                    instance.reason.contains(word),
                    "\(name): \"\(instance.reason)\" lacks \"\(word)\"")
            }
            let answer = try host.get("/bad/\(name)")
            #expect(
                answer.status == 404 || answer.status == 503, "\(name) answers \(answer.status)")
        }
        #expect(try host.stop() == 0)
    }

    @Test("A required one ends the start with its reason and a code that is not 0")
    func required() throws {
        let host = try RunningHost(
            Self.table(["start_fails"]) + "\nrequired = true",
            files: [("start_fails.so", try BadPlugin.path("start_fails"))], waitUntilReady: false)
        let deadline = Program.monotonicSeconds() + 20
        while host.ended == nil, Program.monotonicSeconds() < deadline { usleep(10_000) }
        #expect(host.ended != nil && host.ended != 0)
        #expect(host.log.contains("the database is on holiday"))
    }

    @Test(
        "Files that are no plugins are refused with a sentence each", arguments: BrokenFile.allCases
    )
    func files(_ kind: BrokenFile) throws {
        // Reading needs no permission for root, so there the file is a good plugin.
        if kind == .unreadable, geteuid() == 0 { return }
        let host = try RunningHost(
            "[plugins.hello]\nfile = \"hello.so\"\n" + Self.table([kind.rawValue]),
            plugins: ["hello"],
            waitUntilReady: false,
            prepare: { directory in
                _ = try kind.make(in: directory + "/plugins", from: BadPlugin.path("fine"))
            })
        try host.waitUntilReady()
        #expect(try host.get("/hello").status == 200)
        let instance = try #require(try host.instances()[kind.rawValue])
        #expect(instance.state != "running")
        #expect(instance.reason.contains(kind.rawValue), "\(instance.reason)")
        #expect(instance.reason.count > 20, "\(instance.reason)")
    }

    /// Those that start and misbehave later: what the client and the counters see.
    struct Behaviour {
        let host: RunningHost
        init(_ name: String) throws {
            host = try RunningHost(
                BadPluginTests.table([name, "prometheus"]) + "\ngrants = [\"telemetry\"]",
                plugins: ["prometheus"], files: [("\(name).so", try BadPlugin.path(name))],
                host: "[host.limits]\ndrain_timeout = \"1 s\"")
        }
        /// Sums over instances and kinds.
        var stale: Double { get throws { try host.metric("nself_stale_completions_total") ?? 0 } }
    }

    @Test("Not bad at all: it answers, and its body is released once")
    func fine() throws {
        let host = try Behaviour("fine").host
        #expect(try host.get("/bad/fine").text == "fine")
        try host.waitForReleases(of: "fine", 1)
    }

    @Test("An optional use that the host does not have is no reason to refuse")
    func optionalUse() throws {
        #expect(try Behaviour("optional_use").host.get("/bad/optional_use").text == "fine")
    }

    @Test("A plugin that completes twice is counted, and the second completion changes nothing")
    func completesTwice() throws {
        let bad = try Behaviour("completes_twice")
        #expect(try bad.host.get("/bad/completes_twice").text == "first")
        try bad.host.waitForReleases(of: "completes_twice", 2)
        #expect(try bad.stale == 1)
    }

    @Test("A late answer is 504 for the client, released and counted, and nobody else gets it")
    func completesLate() throws {
        let bad = try Behaviour("completes_late")
        #expect(try bad.host.get("/bad/completes_late").status == 504)
        try bad.host.waitForReleases(of: "completes_late", 1)
        #expect(try bad.stale == 1)
    }

    @Test(
        "A request that is never answered is 504 at its deadline, and the host still stops in time")
    func neverCompletes() throws {
        let bad = try Behaviour("never_completes")
        #expect(try bad.host.get("/bad/never_completes").status == 504)
        #expect(try bad.host.stop() == 0)
    }

    @Test("Answers from another thread come back to the connection's loop")
    func otherThread() throws {
        let bad = try Behaviour("other_thread")
        let client = try Client(port: bad.host.port)
        for _ in 0..<200 { #expect(try client.request("GET", "/bad/other_thread").text == "fine") }
        #expect(try bad.stale == 0)
    }

    @Test("Each body is released exactly once, also when the client does not wait for it")
    func releaseOnce() throws {
        let bad = try Behaviour("release_once")
        for _ in 0..<50 {
            let impatient = try Client(port: bad.host.port)
            try impatient.send("GET /bad/release_once HTTP/1.1\r\nhost: a\r\n\r\n")
        }
        try bad.host.waitForReleases(of: "release_once", 50)
        #expect(try bad.host.get("/bad/release_once").text == "fine")
    }

    @Test("A response that cannot be sent is 500, and its body is released")
    func impossibleResponses() throws {
        let status = try Behaviour("status_zero").host
        for _ in 0..<3 { #expect(try status.get("/bad/status_zero").status == 500) }
        try status.waitForReleases(of: "status_zero", 3)
        let header = try Behaviour("header_splits").host
        let answer = try header.get("/bad/header_splits")
        #expect(answer.status == 500)
        #expect(answer.header("x-one") == nil && answer.header("x-two") == nil)
        #expect(
            try Behaviour("ok_without_response").host.get("/bad/ok_without_response").status == 500)
    }

    @Test("A call number that was made up reaches nobody")
    func wrongCall() throws {
        let bad = try Behaviour("wrong_call")
        #expect(try bad.host.get("/bad/wrong_call").text == "fine")
        #expect(try bad.stale == 1)
        try bad.host.waitForReleases(of: "wrong_call", 2)
    }

    @Test("A start that completes twice keeps its first answer")
    func startTwice() throws {
        let bad = try Behaviour("start_twice")
        #expect(try bad.host.get("/bad/start_twice").text == "fine")
        #expect(try bad.stale == 1)
    }

    @Test(
        "Plugins that do not drain or stop do not keep the host",
        arguments: ["drain_hangs", "stop_hangs"])
    func hangs(_ name: String) throws {
        let host = try RunningHost(
            Self.table([name]), files: [("\(name).so", try BadPlugin.path(name))],
            host: "[host.limits]\ndrain_timeout = \"1 s\"\nstop_timeout = \"1 s\"")
        #expect(try host.get("/bad/\(name)").text == "fine")
        let before = Program.monotonicSeconds()
        _ = try host.stop()
        #expect(Program.monotonicSeconds() - before < 8)
        #expect(host.log.contains(name))
    }
}

extension RunningHost {
    /// Waits until the fixture has seen that many of its buffers released. The client has its answer
    /// before: a buffer goes when the kernel has taken its bytes.
    fileprivate func waitForReleases(of name: String, _ count: Int) throws {
        try wait("\(name) had \(count) buffers released") {
            try get("/bad/\(name)/released").text == String(count)
        }
    }
}
