/// The life of the server, top to bottom: start, serve, reload, stop.

import CNself
import Glibc
import HostCore
import HostHTTP
import HostInterfaces
import HostManifest
import HostPlugins

/// [control] Runs on the main thread, which is the control thread.
final class Serve {
    private var settings: ResolvedConfig
    private let configPath: String
    private let signals: Signals
    private let log: Log
    private let runtime: Runtime
    private let registry: Registry
    private let web: WebServer
    private let startedAt = Clock.monotonic()

    init(_ settings: ResolvedConfig, path: String) {
        self.settings = settings
        configPath = path
        signals = Signals()
        raiseDescriptorLimit()
        log = Log(
            descriptor: STDOUT_FILENO, format: logFormat(settings.log.format),
            level: LogLevel(severity: settings.log.level.severity))
        runtime = Runtime(loopCount: settings.host.loops, log: log)
        registry = Registry(
            settings, runtime: runtime,
            catalog: Interfaces.catalog(runtime, checkRoute: WebServer.problem),
            version: Version.text)
        web = WebServer(settings, runtime)
        runtime.metrics.addSource(ProcessMetrics(log))
        runtime.metrics.addSource(registry)
        web.instances = { [registry] in registry.instances }
        registry.publish = { [web] running, down throws(PluginFailure) in
            try web.publish(running, down)
        }
    }

    /// Serves until it is told to stop. The exit code of the process.
    func run() -> Int32 {
        do {
            try refuseWhatIsMissing()
            try makeDirectories()
            let control = try ControlSocket(settings.host.controlSocketPath)
            defer { control.close() }
            try start()
            serve(control)
        } catch {
            log.error("\(error)")
            registry.stop()
            log.close()
            return 1
        }
        return stop()
    }

    private func start() throws {
        try registry.load()
        for loop in runtime.loops { loop.start() }
        try registry.start()
        try registry.publishRoutes()
        try web.listen()
        web.ready = true
        if settings.host.watch {
            log.warning("watch = true: this version does not watch files; use nself reload")
        }
        let milliseconds = (Clock.monotonic() - startedAt) / 1_000_000
        log.write(
            .info, "host", "ready",
            [
                "listen": settings.host.listen.map(\.description).joined(separator: ","),
                "admin": settings.host.admin?.description ?? "none",
                "plugins": registry.running.map(\.config.name).joined(separator: ","),
                "milliseconds": "\(milliseconds)", "loops": "\(runtime.loops.count)",
            ])
    }

    /// Waits for signals and control requests.
    private func serve(_ control: ControlSocket) {
        while true {
            var ready = [
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: control.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: RestartRequests.shared.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ready, nfds_t(ready.count), -1) > 0 else { continue }
            while let signal = signals.next() {
                guard signal == SIGHUP else { return }
                _ = reload()
            }
            for (name, reason) in RestartRequests.shared.take() { restart(name, reason) }
            if ready[1].revents != 0 {
                var stopping = false
                control.serve { request in
                    if request == .stop { stopping = true }
                    return answer(request)
                }
                if stopping { return }
            }
        }
    }

    private func restart(_ name: String, _ reason: String) {
        log.write(.notice, name, "it is restarted, as it asks: \(reason)")
        do {
            try registry.restart(name)
        } catch { log.error("\(name) could not be restarted: \(error)") }
    }

    /// New requests are refused, those under way finish, then the plugins stop in reverse order.
    private func stop() -> Int32 {
        log.info("stopping: requests under way finish first")
        web.ready = false
        let inTime = web.drain(milliseconds: settings.limits.drainMilliseconds)
        registry.stop()
        for loop in runtime.loops { loop.stop() }
        for loop in runtime.loops { loop.join() }
        log.info(inTime ? "stopped" : "stopped: requests were cut off at the drain deadline")
        log.close()
        return 0
    }

    // MARK: control requests

    private func answer(_ request: ControlRequest) -> ControlReply {
        switch request {
        case .status: return .line(ControlAnswer.ok(status).line)
        case .instances:
            return .line(ControlAnswer.ok(.array(registry.instances.map { $0.status.json })).line)
        case .reload: return .line(reload().line)
        case .stop: return .line(ControlAnswer.ok(.null).line)
        case .level(let plugin, let level): return .line(setLevel(plugin, level).line)
        case .logs(let plugin, let last, let follow):
            let filter = plugin.map { "\"plugin\":\"\($0)\"" }
            let log = log
            return .logs(
                lastLines(log.recent(), last, containing: filter),
                follow: follow ? { log.follow($0, containing: filter) } : nil)
        }
    }

    private var status: JSONValue {
        let names = registry.instances
        return [
            "name": .string(settings.host.name), "version": .string("\(Version.text)"),
            "pid": .integer(Int(getpid())),
            "uptime_seconds": .double(Double(Clock.monotonic() - startedAt) / 1e9),
            "ready": .bool(web.ready), "loops": .integer(runtime.loops.count),
            "listen": .array(settings.host.listen.map { .string($0.description) }),
            "admin": settings.host.admin.map { .string($0.description) } ?? .null,
            "log_level": .string("\(log.level.name)"),
            "plugins": [
                "running": .integer(names.filter { $0.state.phase == .running }.count),
                "configured": .integer(names.count),
            ],
            "calls_active": .integer(names.reduce(0) { $0 + $1.totals.active }),
            "stale_completions": .integer(Int(Calls.staleCount)),
        ]
    }

    private func reload() -> ControlAnswer {
        do {
            let next = try ResolvedConfig.read(path: configPath)
            let outcome = try registry.reload(next)
            settings = next
            log.level = LogLevel(severity: next.log.level.severity)
            log.info("configuration reloaded")
            func names(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }
            return .ok([
                "added": names(outcome.added), "removed": names(outcome.removed),
                "reconfigured": names(outcome.reconfigured), "restarted": names(outcome.restarted),
                "refused": .array(
                    outcome.refused.map {
                        ["name": .string($0.name), "reason": .string($0.reason)]
                    }),
            ])
        } catch {
            log.error("reload: \(error)")
            return .failed(ControlError(code: .failed, message: "\(error)"))
        }
    }

    private func setLevel(_ plugin: String?, _ level: ResolvedConfig.LogLevel) -> ControlAnswer {
        let wanted = LogLevel(severity: level.severity)
        guard let plugin else {
            log.level = wanted
            for instance in registry.instances { instance.current?.logLevel = wanted }
            return .ok(.null)
        }
        guard let generation = registry.instance(plugin)?.current else {
            return .failed(
                ControlError(code: .notFound, message: "no instance \(plugin) is loaded"))
        }
        generation.logLevel = wanted
        return .ok(.null)
    }

    /// A guard that is asked for and not there is worse than no start.
    private func refuseWhatIsMissing() throws(StartFailure) {
        if settings.host.requireSignature {
            throw StartFailure(
                "require_signature = true: this version does not check signatures; remove it only if you trust every file in the plugins directory"
            )
        }
        let chain = settings.chain
        if let name = chain.middleware.first ?? chain.rateLimiter ?? chain.auth.first {
            throw StartFailure(
                "[chain] names \(name): this version does not call middleware, rate limiters or auth providers yet; remove it"
            )
        }
    }

    private func makeDirectories() throws(StartFailure) {
        for (path, mode) in [
            (settings.host.runDirectory, mode_t(0o700)),
            (settings.host.runDirectory + "/plugins", 0o700),
            (settings.host.dataDirectory, 0o711),
        ] where mkdir(path, mode) != 0 && errno != EEXIST {
            throw StartFailure("\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
    }
}

/// A connection and a database socket each take one: what the system allows.
private func raiseDescriptorLimit() {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
}

private func logFormat(_ format: ResolvedConfig.LogFormat) -> LogFormat {
    switch format {
    case .json: .json
    case .text: .text
    case .automatic: isatty(STDOUT_FILENO) == 1 ? .text : .json
    }
}

/// The last `count` lines, of those that hold `text`.
private func lastLines(_ lines: [UInt8], _ count: Int, containing text: String?) -> [UInt8] {
    guard count > 0 else { return [] }
    var kept = lines.split(separator: 10)
    if let text {
        let wanted = Array(text.utf8)
        kept = kept.filter { LogFilter.holds($0, wanted) }
    }
    return kept.suffix(count).flatMap { $0 + [10] }
}
