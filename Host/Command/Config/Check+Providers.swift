/// Who serves whom: providers, the chain, mount points and the start order.
import HostManifest

extension Check {
    // MARK: [providers]

    mutating func readProviders(_ table: TableReader?) {
        guard var table else { return }
        for role in ResolvedConfig.Providers.roles {
            // An empty name takes a provider away, as an override must be able to do.
            if let name = table.string(role), !name.isEmpty { config.providers.names[role] = name }
        }
        table.finish()
    }

    mutating func checkProviders() {
        for role in ResolvedConfig.Providers.roles {
            if let name = config.providers[role] {
                let path = ConfigPath("providers", role)
                if !check(name, serves: "nself.role.\(role)/1", at: path) {
                    config.providers.names[role] = nil
                }
            }
            for draft in drafts {
                guard let name = draft.instance.providers[role] else { continue }
                _ = check(name, serves: "nself.role.\(role)/1", at: draft.path.appending(role))
            }
        }
        for draft in drafts where draft.instance.isLoadable { checkNeeds(draft) }
    }

    /// Interfaces that plugins serve need one who does.
    private func checkNeeds(_ draft: InstanceDraft) {
        for use in draft.instance.manifest?.uses ?? [] where !use.optional {
            let role = HostInterface.shortName(use.id)
            guard ResolvedConfig.Providers.roles.contains(role), draft.instance.grant(role) != nil,
                draft.instance.providers[role] == nil, config.providers[role] == nil,
                (source.root["providers"]?[role]?.stringValue ?? "").isEmpty
            else { continue }
            let able = drafts.first { hasRole($0, "nself.role.\(role)/1") && $0.instance.enabled }
            report.add(
                source.place(of: draft.path),
                "\(draft.path) uses \(use.id) and no provider of it is named",
                able.map { "add it: [providers] \(role) = \"\($0.instance.name)\"" }
                    ?? "add a plugin with the role nself.role.\(role)/1, and name it: [providers] \(role) = \"…\""
            )
        }
        for use in draft.instance.manifest?.requires ?? [] where !use.optional {
            let served = drafts.contains {
                $0.instance.isLoadable && $0.instance.manifest?.provides.contains(use.id) == true
            }
            if !served {
                report.add(
                    source.place(of: draft.path),
                    "\(draft.path) requires \(use.id), which no plugin provides",
                    "add a plugin that provides it")
            }
        }
    }

    /// Whether `name` is an instance that can serve `role`; tells of it when not.
    private func check(_ name: String, serves role: String, at path: ConfigPath) -> Bool {
        let place = source.place(of: path)
        guard let draft = draft(named: name) else {
            let able = drafts.filter { hasRole($0, role) }.map(\.instance.name)
            let near =
                Suggestion.nearest(to: name, among: drafts.map(\.instance.name)) ?? able.first
            report.add(
                place, "\(path) names \(name), which is no instance",
                near.map { "write \"\($0)\"" } ?? "add [plugins.\(name)], or name another one")
            return false
        }
        guard draft.instance.enabled else {
            report.add(
                place, "\(path) names \(name), which is not enabled",
                "remove enabled = false from [\(draft.path)], or name another one")
            return false
        }
        // Of a file that cannot be read no role is known; that is told already.
        guard let manifest = draft.instance.manifest else { return true }
        guard manifest.hasRole(role) else {
            let able = drafts.filter { hasRole($0, role) }.map(\.instance.name)
            report.add(
                place, "\(path) names \(name), which has not the role \(role)",
                able.isEmpty
                    ? "add a plugin that has it"
                    : "write \(able.map { "\"\($0)\"" }.joined(separator: " or "))")
            return false
        }
        return true
    }

    // MARK: [chain]

    mutating func readChain(_ table: TableReader?) {
        guard var table else { return }
        config.chain.middleware = table.strings("middleware") ?? []
        config.chain.rateLimiter = table.string("rate_limiter").flatMap { $0.isEmpty ? nil : $0 }
        config.chain.auth = table.strings("auth") ?? []
        table.finish()
    }

    mutating func checkChain() {
        checkList(config.chain.middleware, "middleware", "nself.role.http_middleware/1")
        checkList(config.chain.auth, "auth", "nself.role.auth_provider/1")
        if let name = config.chain.rateLimiter {
            checkLink(name, "nself.role.rate_limiter/1", at: ConfigPath("chain", "rate_limiter"))
        }
    }

    private func checkList(_ names: [String], _ key: String, _ role: String) {
        for (index, name) in names.enumerated() {
            let path = ConfigPath("chain", key).appending(index)
            if names[..<index].contains(name) {
                report.add(source.place(of: path), "chain.\(key) names \(name) twice", "remove one")
            } else {
                checkLink(name, role, at: path)
            }
        }
    }

    /// A link that is missing would let requests through that it should have stopped, so here a
    /// plugin that cannot be loaded is always an error.
    private func checkLink(_ name: String, _ role: String, at path: ConfigPath) {
        guard check(name, serves: role, at: path), let draft = draft(named: name),
            draft.instance.problem != nil, !draft.instance.required
        else { return }
        report.add(
            source.place(of: path), "\(path) names \(name), which cannot be loaded",
            "correct what the warning about [\(draft.path)] says, or remove it from the chain")
    }

    // MARK: mounts

    /// Below "/" plugins share a host name, and their routes decide; any other place is for one.
    mutating func checkMounts() {
        var owners: [String: InstanceDraft] = [:]
        for draft in drafts where draft.instance.enabled {
            guard let mount = draft.instance.mount, mount != "/" else { continue }
            let key = "\(draft.instance.hostName ?? "*")\(mount)"
            if let owner = owners[key] {
                let host = draft.instance.hostName.map { " of \($0)" } ?? ""
                report.add(
                    place(draft, draft.path.steps.first == .key("services") ? "route" : "mount"),
                    "\(draft.path) is mounted at \(mount)\(host), where \(owner.path) is already",
                    "give one of them another mount")
            } else {
                owners[key] = draft
            }
        }
    }

    // MARK: order

    /// Sorts the instances; the ones that are not loaded come last.
    mutating func checkOrder() {
        config.instances = drafts.map(\.instance)
        do {
            let steps = try DependencyOrder.sort(DependencyOrder.nodes(of: config))
            var ordered: [ResolvedConfig.Instance] = []
            for step in steps {
                guard var instance = config.instance(step.name) else { continue }
                instance.startsAfter = step.after
                ordered.append(instance)
            }
            config.instances = ordered + config.instances.filter { !$0.isLoadable }
        } catch {
            let first = error.names.first.flatMap { draft(named: $0) }
            report.add(
                first.map { source.place(of: $0.path) } ?? .file(source.input.name),
                "plugins wait for each other: \(error)",
                "name another provider for one of them, or remove one use")
        }
    }
}
