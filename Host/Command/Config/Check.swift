/// Turns plugins.toml into the resolved configuration, or into all that is wrong with it.
import HostManifest

/// The outcome of a check. `config` is complete when there are no problems.
struct Checked {
    var config: ResolvedConfig
    var problems: [Problem]
    var warnings: [Problem]
    /// Files in the plugins directory that no instance uses.
    var unconfigured: [UnconfiguredFile]
    var files: PluginFiles
    var input: ManifestInput
}

struct UnconfiguredFile {
    let file: String
    let manifest: Result<PluginManifest, PluginFileError>
    /// What to add to plugins.toml; empty for a file that is no plugin.
    let lines: String
}

/// One instance while it is checked.
struct InstanceDraft {
    var instance: ResolvedConfig.Instance
    /// "plugins.auth" or "services.CS_1"
    let path: ConfigPath
    var config: JSONObject?
    /// Its `file` as it was written.
    var file: String
    /// Grants as they were written, without those that every instance has.
    var written: [ResolvedConfig.Grant] = []
}

struct Check {
    let source: ManifestSource
    let secrets: SecretStore
    let report: Report
    var config = ResolvedConfig()
    var drafts: [InstanceDraft] = []
    var files: PluginFiles
    var unconfigured: [UnconfiguredFile] = []
    /// Services that a proxy must serve, by name.
    var proxied: [(name: String, path: ConfigPath)] = []

    /// The steps in the order in which each builds on the one before; all of them run, so that
    /// everything wrong is told at once.
    static func run(_ input: ManifestInput) -> Checked {
        var check = Check(input)
        // Of a file that could not be read as TOML nothing more can be said.
        if check.report.problems.isEmpty || !check.source.root.isEmpty {
            check.readTables()
            check.findUnconfigured()
            check.checkServices()
            for index in check.drafts.indices {
                check.checkGrants(index)
                check.checkConfig(index)
            }
            check.checkProviders()
            check.checkChain()
            check.checkMounts()
            check.checkOrder()
            check.collectSecrets()
        }
        return Checked(
            config: check.config, problems: Problem.sorted(check.report.problems),
            warnings: Problem.sorted(check.report.warnings), unconfigured: check.unconfigured,
            files: check.files, input: input)
    }

    private init(_ input: ManifestInput) {
        report = Report()
        source = ManifestSource(input, report)
        secrets = SecretStore(source, report)
        files = PluginFiles(directory: input.directory + "/plugins", directoryName: "plugins")
        config.manifestPath = input.path
        // Also when plugins.toml cannot be read: the host that runs must still be found.
        config.host.pluginsDirectory = input.directory + "/plugins"
        config.host.runDirectory = input.directory + "/run"
        config.host.dataDirectory = input.directory + "/data"
    }

    private mutating func readTables() {
        var root = TableReader(source, secrets, report, ConfigPath(), source.root)
        readHost(root.table("host"))
        readLog(root.table("log"))
        readTrust(root.table("trust"))
        let providers = root.table("providers")
        let chain = root.table("chain")
        readPlugins(root.table("plugins"))
        readServices(root.table("services"))
        readProviders(providers)
        readChain(chain)
        root.finish()
    }

    /// Instances that can be given work, by name.
    func draft(named name: String) -> InstanceDraft? { drafts.first { $0.instance.name == name } }

    /// Where a problem of an instance stands: at its key, or at the instance.
    func place(_ draft: InstanceDraft, _ key: String) -> Problem.Place {
        source.place(of: draft.path.appending(key))
    }
}
