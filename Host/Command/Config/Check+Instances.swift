/// The tables [plugins.<name>], and the files of the plugins directory that none of them names.
import HostManifest

extension Check {
    mutating func readPlugins(_ table: TableReader?) {
        guard var table else { return }
        for name in table.object.keys {
            guard let instance = table.table(name) else { continue }
            if !Self.isInstanceName(name) {
                report.add(
                    source.place(of: instance.path),
                    "\"\(name)\" cannot be the name of an instance",
                    "use a letter first, then letters, digits, _ and -, at most 63")
            } else if ServiceName.number(name) != nil {
                report.add(
                    source.place(of: instance.path),
                    "\(instance.path): the names CS_1 to CS_99 are for services",
                    "write [services.\(name)], or give it another name")
            }
            readInstance(name, instance, isService: false)
        }
    }

    /// Reads what plugins and services with a file have in common.
    mutating func readInstance(_ name: String, _ table: TableReader, isService: Bool) {
        var table = table
        var instance = ResolvedConfig.Instance(name: name, file: "")
        let file = readFile(name, &table)
        instance.enabled = table.bool("enabled") ?? true
        instance.required = table.bool("required") ?? false
        instance.isolation = table.choice("isolation") ?? .none
        instance.ratePolicy = table.string("rate_policy")
        instance.logLevel = table.choice("log_level") ?? config.log.level
        instance.grants = HostInterface.alwaysGranted
        var draft = InstanceDraft(instance: instance, path: table.path, file: file ?? "")
        draft.written = (table.strings("grants") ?? []).map { ResolvedConfig.Grant($0) }
        if isService {
            readRoute(&table, &draft.instance)
        } else {
            readMount(&table, &draft.instance)
        }
        if var limits = table.table("limits") {
            draft.instance.memoryBytes = limits.size("memory") ?? 0
            limits.finish()
            if draft.instance.memoryBytes > 0, draft.instance.isolation == .none {
                report.add(
                    source.place(of: limits.path.appending("memory")),
                    "\(limits.path).memory has no effect on an instance inside the host",
                    "add isolation = \"process\", or remove the limit")
            }
        }
        for role in ResolvedConfig.Providers.roles where table.object[role] != nil {
            draft.instance.providers.names[role] = table.string(role)
        }
        draft.config = table.table("config")?.object
        table.finish()
        if file != nil { resolveFile(&draft) }
        drafts.append(draft)
    }

    private func readFile(_ name: String, _ table: inout TableReader) -> String? {
        guard table.object["file"] != nil else {
            _ = table.value("file")
            report.add(
                source.place(of: table.path), "\(table.path) needs a file",
                "add it: file = \"\(name.replacing("_", with: "-")).so\"")
            return nil
        }
        guard let file = table.string("file") else { return nil }
        guard !file.isEmpty, !file.split(separator: "/").contains("..") else {
            return table.fail(
                "file", "must be a file in the plugins directory and is \"\(file)\"",
                "write its name alone: file = \"hello.so\"")
        }
        return file
    }

    private mutating func resolveFile(_ draft: inout InstanceDraft) {
        draft.instance.file = files.path(draft.file)
        switch files.manifest(draft.file) {
        case .success(let manifest):
            draft.instance.manifest = manifest
            if let unknown = manifest.uses.first(where: {
                !$0.optional && HostInterface.withID($0.id) == nil
            }) {
                refuse(
                    &draft, "it uses \(unknown.id), which this host does not have",
                    "use a newer nself, or an older version of the plugin")
            }
            if draft.instance.mount == nil, manifest.servesRoutes { draft.instance.mount = "/" }
        case .failure(let error):
            refuse(&draft, error.reason, error.advice, of: error.path)
        }
    }

    /// An instance that is required makes the check fail; another one is left out, and told of.
    func refuse(
        _ draft: inout InstanceDraft, _ reason: String, _ advice: String, of file: String? = nil
    ) {
        let shown =
            file
            ?? (draft.file.hasPrefix("/") ? draft.file : "\(files.directoryName)/\(draft.file)")
        // In tables and logs a problem stands in one line.
        draft.instance.problem = "\(shown): \(reason); \(advice.replacing("\n", with: " "))"
        guard draft.instance.enabled else { return }
        let message = "\(draft.path) cannot be loaded: \(shown): \(reason)"
        if draft.instance.autoloaded {
            report.warn(.file(shown), "it is not loaded: \(reason)", advice)
        } else if draft.instance.required {
            report.add(place(draft, "file"), message, advice)
        } else {
            report.warn(place(draft, "file"), message, advice)
        }
    }

    private func readMount(_ table: inout TableReader, _ instance: inout ResolvedConfig.Instance) {
        if let mount = table.string("mount") {
            if Self.isMount(mount) {
                instance.mount = mount
            } else {
                table.fail(
                    "mount", "must be a path and is \"\(mount)\"",
                    "begin it with / and end it without: mount = \"/api\"") as Void?
            }
        }
        if let host = table.string("host") { readHostName(host, "host", &table, &instance) }
    }

    func readHostName(
        _ text: String, _ key: String, _ table: inout TableReader,
        _ instance: inout ResolvedConfig.Instance
    ) {
        let name = text.lowercased()
        guard HostName.isFull(name) else {
            table.fail(
                key, "is no name of a host: \"\(text)\"",
                "write a label below the domain, \(key) = \"api\", or a full name") as Void?
            return
        }
        // A label is below the domain; a name with a dot is a full one.
        instance.hostName = name.contains(".") ? name : "\(name).\(config.host.domain)"
    }

    static func isMount(_ path: String) -> Bool {
        guard path != "/" else { return true }
        return path.hasPrefix("/")
            && path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".."
                    && $0.utf8.allSatisfy {
                        (0x21...0x7E).contains($0) && !"?#{}%\\\"".utf8.contains($0)
                    }
            }
    }

    static func isInstanceName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic
        else {
            return false
        }
        return name.utf8.count <= 63 && ConfigPath.isBare(name)
    }

    // MARK: files that no one named

    mutating func findUnconfigured() {
        let used = Set(drafts.map(\.instance.file))
        for file in files.names() where !used.contains(files.path(file)) {
            let manifest = files.manifest(file)
            guard config.host.autoload else {
                let lines = (try? manifest.get()).map { Self.lines(for: file, $0, drafts) } ?? ""
                unconfigured.append(UnconfiguredFile(file: file, manifest: manifest, lines: lines))
                continue
            }
            autoload(file, manifest)
        }
    }

    private mutating func autoload(
        _ file: String, _ manifest: Result<PluginManifest, PluginFileError>
    ) {
        let name = Self.instanceName(of: file)
        var instance = ResolvedConfig.Instance(name: name, file: files.path(file))
        instance.autoloaded = true
        instance.logLevel = config.log.level
        instance.grants = HostInterface.alwaysGranted
        var draft = InstanceDraft(instance: instance, path: ConfigPath("plugins", name), file: file)
        guard Self.isInstanceName(name), self.draft(named: name) == nil else {
            report.warn(
                .file("\(files.directoryName)/\(file)"),
                "it is not loaded: another instance is called \(name)",
                "give it a name in \(source.input.name): [plugins.another]")
            return
        }
        resolveFile(&draft)
        drafts.append(draft)
    }

    /// "auth-oauth.so" is auth_oauth.
    static func instanceName(of file: String) -> String {
        let stem = file.hasSuffix(".so") ? file.dropLast(3) : file[...]
        return String(stem.map { $0 == "-" || $0 == "." ? "_" : $0 })
    }

    /// The table that configures a file with the grants and keys that its manifest asks for.
    static func lines(for file: String, _ manifest: PluginManifest, _ drafts: [InstanceDraft])
        -> String
    {
        var lines = ["[plugins.\(instanceName(of: file))]", "file = \"\(file)\""]
        let grants = manifest.uses.filter { !$0.optional }.compactMap { use in
            grantText(use, manifest, drafts)
        }
        if !grants.isEmpty { lines.append("grants = [\(grants.joined(separator: ", "))]") }
        let required = manifest.schema.requiredKeys
        if !required.isEmpty {
            let members = required.map { "\($0.key) = \($0.example)" }
            lines.append("config = { \(members.joined(separator: ", ")) }")
        }
        return lines.joined(separator: "\n")
    }
}
