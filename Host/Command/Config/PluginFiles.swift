/// The plugin files of a deployment, each read once.
import HostManifest

final class PluginFiles {
    let directory: String
    /// How messages call the directory.
    let directoryName: String
    private var read: [String: Result<PluginManifest, PluginFileError>] = [:]

    init(directory: String, directoryName: String) {
        self.directory = directory
        self.directoryName = directoryName
    }

    /// Absolute; a name without a slash is in the plugins directory.
    func path(_ file: String) -> String {
        file.hasPrefix("/") ? file : "\(directory)/\(file)"
    }

    func manifest(_ file: String) -> Result<PluginManifest, PluginFileError> {
        let path = path(file)
        if let known = read[path] { return known }
        let result = Result<PluginManifest, PluginFileError> { () throws(PluginFileError) in
            do throws(PluginFileError) {
                return try PluginNote.read(path: path)
            } catch {
                // Shorter, and as the reader wrote it.
                let shown = file.hasPrefix("/") ? file : "\(directoryName)/\(file)"
                throw PluginFileError(
                    kind: error.kind, path: shown, reason: error.reason, advice: error.advice)
            }
        }
        read[path] = result
        return result
    }

    /// Names of the .so files in the directory; none when it is not there.
    func names() -> [String] {
        ((try? FileAccess.names(in: directory)) ?? []).filter { $0.hasSuffix(".so") }
    }
}
