/// Grants: known, complete, and covering what the plugin's manifest uses.
import HostManifest

extension Check {
    mutating func checkGrants(_ index: Int) {
        let draft = drafts[index]
        var granted: [ResolvedConfig.Grant] = []
        for (number, grant) in draft.written.enumerated() {
            let path = draft.path.appending("grants").appending(number)
            guard check(grant, of: draft, at: path) else { continue }
            if granted.contains(where: { $0.interface == grant.interface }) {
                report.add(
                    source.place(of: path), "\(draft.path).grants names \(grant.interface) twice",
                    "put all targets into one grant, separated by commas")
                continue
            }
            granted.append(grant)
        }
        drafts[index].instance.grants += granted.filter { grant in
            !HostInterface.alwaysGranted.contains { $0.interface == grant.interface }
        }
        checkUses(index)
    }

    private func check(_ grant: ResolvedConfig.Grant, of draft: InstanceDraft, at path: ConfigPath)
        -> Bool
    {
        let place = source.place(of: path)
        guard let interface = HostInterface.named(grant.interface) else {
            let near = Suggestion.nearest(to: grant.interface, among: HostInterface.all.map(\.name))
            let known = HostInterface.all.filter { !$0.always }.map(\.name)
            report.add(
                place, "\(draft.path).grants names \"\(grant.interface)\", which is no interface",
                near.map { "write \"\($0)\"" } ?? "known are \(known.joined(separator: ", "))")
            return false
        }
        switch interface.target {
        case .none where !grant.targets.isEmpty:
            report.add(
                place, "\(draft.path).grants: \(interface.name) takes nothing after a colon",
                "write \"\(interface.name)\"")
            return false
        case .names(let what) where grant.targets.isEmpty:
            report.add(
                place, "\(draft.path).grants: \(interface.name) must say which \(what)",
                "write \"\(interface.name):\(example(interface.name))\", or \"\(interface.name):*\" for all"
            )
            return false
        case .names("instances"): return checkInstances(grant, of: draft, at: place)
        case .none, .names: return true
        }
    }

    private func example(_ interface: String) -> String {
        switch interface {
        case "http_client": "api.example.org"
        case "process": "node"
        case "secrets": "SMTP_*"
        default: drafts.first { hasRole($0, "nself.role.\(interface)/1") }?.instance.name ?? "name"
        }
    }

    private func checkInstances(
        _ grant: ResolvedConfig.Grant, of draft: InstanceDraft, at place: Problem.Place
    ) -> Bool {
        let names = drafts.map(\.instance.name)
        let unknown = grant.targets.filter { !$0.contains("*") && !names.contains($0) }
        for target in unknown {
            let near = Suggestion.nearest(to: target, among: names)
            report.add(
                place,
                "\(draft.path).grants: \(grant.interface) names \(target), which is no instance",
                near.map { "write \($0)" } ?? "add [plugins.\(target)], or remove it from the grant"
            )
        }
        return unknown.isEmpty
    }

    private mutating func checkUses(_ index: Int) {
        let draft = drafts[index]
        guard let manifest = draft.instance.manifest, draft.instance.enabled,
            draft.instance.problem == nil
        else { return }
        let missing = manifest.uses.filter { use in
            guard !use.optional, HostInterface.withID(use.id) != nil else { return false }
            return draft.instance.grant(HostInterface.shortName(use.id)) == nil
        }
        if !missing.isEmpty {
            let written = draft.written.filter { draft.instance.grant($0.interface) == $0 }
                .map { JSONValue.string($0.description).text }
            let added = missing.compactMap { Self.grantText($0, manifest, drafts) }
            let line = "grants = [\((written + added).joined(separator: ", "))]"
            let uses = missing.map(\.id).joined(separator: ", ")
            let verb = missing.count == 1 ? "is" : "are"
            if draft.instance.autoloaded {
                refuse(
                    &drafts[index],
                    "it uses \(uses), and is not configured, so that it has only the usual grants",
                    "add to \(source.input.name):\n\(Self.lines(for: draft.file, manifest, drafts))"
                )
            } else {
                report.add(
                    place(draft, "grants"), "\(draft.path) uses \(uses), which \(verb) not granted",
                    "add it: \(line)")
            }
        }
        for grant in draft.written {
            guard let interface = HostInterface.named(grant.interface), !interface.always,
                !manifest.uses.contains(where: { HostInterface.shortName($0.id) == grant.interface }
                )
            else { continue }
            report.warn(
                place(draft, "grants"),
                "\(draft.path) is granted \(grant.interface), which its plugin does not use",
                "remove it: a right that nobody needs only helps an attacker")
        }
    }

    /// `"http_client:api.example.org"`, in quotes, with targets where the manifest says them.
    static func grantText(
        _ use: PluginManifest.Use, _ manifest: PluginManifest, _ drafts: [InstanceDraft]
    ) -> String? {
        guard let interface = HostInterface.withID(use.id), !interface.always else { return nil }
        guard case .names(let what) = interface.target else { return "\"\(interface.name)\"" }
        let targets: [String] =
            switch interface.name {
            case "http_client": manifest.network
            case "process": manifest.programs
            default:
                what == "instances"
                    ? drafts.filter { draft in
                        draft.instance.manifest?.hasRole("nself.role.\(interface.name)/1") == true
                    }.map(\.instance.name) : []
            }
        return "\"\(interface.name):\(targets.isEmpty ? "*" : targets.joined(separator: ","))\""
    }

    func hasRole(_ draft: InstanceDraft, _ role: String) -> Bool {
        draft.instance.manifest?.hasRole(role) ?? false
    }

    /// The values of secrets that some instance may ask for by name.
    mutating func collectSecrets() {
        for draft in drafts where draft.instance.isLoadable {
            guard let grant = draft.instance.grant("secrets") else { continue }
            for name in secrets.names(matching: grant) {
                do throws(SecretStore.Failure) {
                    config.secrets.values[name] = try secrets.value(name)
                } catch .unreadable(let reason) {
                    report.add(
                        place(draft, "grants"),
                        "\(draft.path) is granted the secret \(name), which cannot be read: \(reason)",
                        "give the user of nself the right to read it, or narrow the grant")
                } catch {
                    continue  // empty: as if it were not there
                }
            }
        }
    }
}
