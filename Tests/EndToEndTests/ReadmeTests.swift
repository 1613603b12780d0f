/// Story: somebody reads README.md and does what it says.

import Fixtures
import Testing

@Suite("README")
struct ReadmeTests {
    /// The first block of that language after `title`.
    static func block(_ language: String, after title: String) throws -> String {
        let text = try Repository.text("README.md")
        let start = try #require(text.firstRange(of: title))
        let opening = try #require(text[start.upperBound...].firstRange(of: "```\(language)\n"))
        let closing = try #require(text[opening.upperBound...].firstRange(of: "```"))
        return String(text[opening.upperBound..<closing.lowerBound])
    }

    @Test("The first own plugin is the one that is compiled here")
    func example() throws {
        let example = try Self.block("swift", after: "## First own plugin")
        #expect(example == (try Repository.text("Tests/Fixtures/ReadmePlugin/Greeter.swift")))
    }

    @Test("It loads and greets")
    func greets() throws {
        let host = try RunningHost(
            try Self.block("toml", after: "## First own plugin"), plugins: ["greeter"])
        #expect(try host.get("/greet/Ada").text == "hello, Ada\n")
        #expect(try host.get("/greet/%C3%84nne").text == "hello, Änne\n")
    }

    @Test("Every script it names is there and explains itself")
    func scripts() throws {
        let text = try Repository.text("README.md")
        let names = Set(text.matches(of: /Scripts\/[a-z-]+/).map { String($0.output) })
        #expect(names.count >= 8)
        for name in names {
            let result = try Program.run(["\(Repository.root)/\(name)", "--help"])
            #expect(result.status == 0, "\(name) --help")
            #expect(result.output.contains(name), "\(name) --help says how to call it")
        }
    }

    @Test("Every file it sends somebody to is there")
    func files() throws {
        let text = try Repository.text("README.md")
        for match in text.matches(of: /`((Host|Plugins|PluginAPI|Tests)\/[A-Za-z\/]+(\.swift)?)`/) {
            let path = String(match.output.1)
            if path.contains("Greeter") { continue }
            #expect(
                try Program.run(["test", "-e", "\(Repository.root)/\(path)"]).status == 0, "\(path)"
            )
        }
    }

    @Test("plugins.toml is right but for secrets and files that are not built here")
    func deployment() throws {
        let directory = try TemporaryDirectory()
        try RunningHost.copy("\(Repository.root)/plugins.toml", "\(directory.path)/plugins.toml")
        for name in ["postgres", "graphql", "prometheus", "hello", "hello-c"] {
            _ = try Program.run(["mkdir", "-p", "\(directory.path)/plugins"])
            try RunningHost.copy(Repository.plugin(name), "\(directory.path)/plugins/\(name).so")
        }
        let result = try Program.run(
            [RunningHost.command, "config", "check", "--config", "\(directory.path)/plugins.toml"],
            environment: ["HASURA_GRAPHQL_ADMIN_SECRET": "secret"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
