/// Story: somebody points Prometheus at the host.

import Fixtures
import Glibc
import HostManifest
import Testing

@Suite("Metrics")
struct MetricsTests {
    static let toml = """
        [plugins.hello]
        file = "hello.so"
        [plugins.prometheus]
        file = "prometheus.so"
        grants = ["telemetry"]
        """
    static func host() throws -> RunningHost {
        try RunningHost(toml, plugins: ["hello", "prometheus"])
    }

    @Test("O1: both formats are served on the admin listener, and neither on the public one")
    func formats() throws {
        let host = try Self.host()
        let text = try host.admin("/metrics")
        #expect(text.status == 200)
        #expect(text.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        let open = try host.admin(
            "/metrics", headers: [("accept", "application/openmetrics-text; version=1.0.0")])
        #expect(
            open.header("content-type")
                == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(open.text.hasSuffix("\n# EOF\n"))
        #expect(try host.get("/metrics").status == 404)
    }

    @Test("Requests are counted by route template, method and status")
    func requests() throws {
        let host = try Self.host()
        for _ in 0..<7 { _ = try host.get("/hello") }
        let text = try host.admin("/metrics").text
        let line = try #require(
            text.split(separator: "\n").first {
                $0.hasPrefix("http_server_request_duration_seconds_count{")
                    && $0.contains(#"http_route="/hello""#)
            })
        #expect(line.hasSuffix(" 7"))
        #expect(line.contains(#"http_request_method="GET""#))
        #expect(line.contains(#"http_response_status_code="200""#))
    }

    @Test("Process and plugin figures are there")
    func figures() throws {
        let host = try Self.host()
        _ = try host.get("/hello")
        let text = try host.admin("/metrics").text
        for family in [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
            "process_start_time_seconds", "nself_plugin_calls_total", "nself_plugin_errors_total",
            "nself_plugin_seconds_total", "nself_plugin_bytes_total", "nself_plugin_generation",
        ] {
            #expect(text.contains("# TYPE \(family) "), "\(family) is missing")
        }
        let calls = text.split(separator: "\n").first {
            $0.hasPrefix("nself_plugin_calls_total{") && $0.contains(#"plugin="hello""#)
        }
        #expect(calls?.hasSuffix(" 1") == true, "\(calls ?? "nothing")")
    }

    @Test("O1: promtool check metrics finds nothing", .enabled(if: Program.find("promtool") != nil))
    func promtool() throws {
        let host = try Self.host()
        _ = try host.get("/hello")
        _ = try host.get("/nowhere")
        let path = host.directory.path + "/metrics"
        try Repository.write(try host.admin("/metrics").bytes, to: path)
        let result = try Program.run(["sh", "-c", "promtool check metrics < \(path)"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output + result.errors == "")
    }

    @Test(
        "O1: a real Prometheus scrapes it and has the series",
        .enabled(if: Program.find("prometheus") != nil))
    func scraped() throws {
        let host = try Self.host()
        for _ in 0..<5 { _ = try host.get("/hello") }
        let folder = host.directory.path
        let port = try RunningHost.freePort()
        let configuration = """
            global: { scrape_interval: 200ms, scrape_timeout: 200ms }
            scrape_configs:
              - job_name: nself
                static_configs: [{ targets: ["127.0.0.1:\(host.adminPort)"] }]
            """
        try Repository.write(configuration.utf8, to: "\(folder)/prometheus.yml")
        let log = open("\(folder)/prometheus.log", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(log) }
        let prometheus = try Program.spawn(
            [
                "prometheus", "--config.file=\(folder)/prometheus.yml",
                "--storage.tsdb.path=\(folder)/tsdb",
                "--web.listen-address=127.0.0.1:\(port)",
            ], environment: [:], directory: folder, output: log, errors: log)
        defer {
            kill(prometheus, SIGKILL)
            _ = Program.wait(prometheus)
        }
        /// The value of the first series of an answer.
        func query(_ expression: String) throws -> String? {
            guard let client = try? Client(port: port) else { return nil }
            let answer = try client.request("GET", "/api/v1/query?query=" + expression)
            guard answer.status == 200 else { return nil }
            let json = try JSONValue(parsing: answer.bytes)
            return json["data"]?["result"]?.arrayValue?.first?["value"]?.arrayValue?.last?
                .stringValue
        }
        try host.wait("Prometheus has scraped", within: 30) { try query("up") == "1" }
        try host.wait("the requests are seen", within: 30) {
            try query("http_server_request_duration_seconds_count%7Bhttp_route%3D%22%2Fhello%22%7D")
                == "5"
        }
        // Prometheus 2.42 asks for OpenMetrics first.
        try host.wait("the scrapes are counted", within: 30) {
            let scrapes = try query("nself_plugin_scrapes_total%7Bformat%3D%22openmetrics%22%7D")
            return scrapes.flatMap(Double.init) ?? 0 > 0
        }
        #expect(try query("scrape_samples_scraped").flatMap(Double.init) ?? 0 > 20)
    }
}
