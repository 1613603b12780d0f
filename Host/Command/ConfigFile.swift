/// Writes `run/config.json`, with the digests of the plugin files in it.
import ArgumentParser
import Glibc
import HostManifest

enum ConfigFile {
    static func path(_ config: ResolvedConfig) -> String {
        config.host.runDirectory + "/config.json"
    }

    /// Makes the directories and writes the file; ends with code 1 when that is not possible.
    static func write(_ config: ResolvedConfig, json: Bool) throws {
        let config = withDigests(config)
        do {
            // The run directory has secrets and the control socket: nobody else's business.
            try makeDirectory(config.host.runDirectory, mode: 0o700)
            try makeDirectory(config.host.dataDirectory, mode: 0o711)
            try config.write(path: path(config))
        } catch {
            throw Output.fail("\(error)", json: json)
        }
    }

    /// Files are hashed for a start or a reload only: hashing takes longer than checking.
    static func withDigests(_ config: ResolvedConfig) -> ResolvedConfig {
        var config = config
        var known: [String: String] = [:]
        for index in config.instances.indices where config.instances[index].isLoadable {
            let file = config.instances[index].file
            do {
                let digest = try known[file] ?? FileDigest.sha256(path: file)
                known[file] = digest
                config.instances[index].digest = digest
            } catch {
                // It was readable a moment ago; whoever loads it will say the same.
                config.instances[index].problem =
                    "\(error); give the user of nself the right to read it"
            }
        }
        return config
    }

    private static func makeDirectory(_ path: String, mode: mode_t) throws(FileError) {
        var parent = ""
        for part in path.split(separator: "/") {
            parent += "/" + part
            if mkdir(parent, parent == path ? mode : 0o755) != 0, errno != EEXIST {
                throw FileError(path: parent, action: "cannot be made", code: errno)
            }
        }
    }
}
