/// What a check starts from: the text of plugins.toml and what may change or complete it.
import Foundation
import Glibc
import HostManifest

struct ManifestInput {
    /// Absolute path of plugins.toml, and how messages call it.
    var path: String
    var name: String
    var text: String
    var environment: [String: String] = [:]
    /// Text of `.env` beside plugins.toml.
    var dotEnv: String?
    /// `--set plugins.auth.enabled=false`
    var settings: [String] = []

    var directory: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) }
    /// The names of files beside plugins.toml, as messages call them.
    func beside(_ file: String) -> String {
        name.lastIndex(of: "/").map { name[...$0] + file } ?? file
    }

    static let fileName = "plugins.toml"
    /// A deployment of a thousand plugins has less; keeps a wrong `--config` from filling memory.
    static let sizeMax = 4 << 20

    /// Reads plugins.toml, from `option` or from the working directory upward.
    static func read(option: String?, settings: [String]) throws(Problem) -> ManifestInput {
        let name: String
        if let option { name = option } else { name = try find() }
        let text = try text(of: name)
        let path = absolute(name)
        var input = ManifestInput(
            path: path, name: name, text: text,
            environment: ProcessInfo.processInfo.environment, settings: settings)
        let dotEnv = input.directory + "/.env"
        if FileAccess.exists(dotEnv) { input.dotEnv = try Self.text(of: dotEnv) }
        return input
    }

    private static func find() throws(Problem) -> String {
        var name = fileName
        // As many steps as a path can have; the root ends it before.
        for _ in 0..<64 {
            if FileAccess.exists(name) { return name }
            if absolute(name) == "/" + fileName { break }
            name = "../" + name
        }
        throw Problem(
            .file(fileName), "there is no such file here or in a directory above",
            "change to the directory of the deployment, or name the file: --config path/to/plugins.toml"
        )
    }

    private static func text(of name: String) throws(Problem) -> String {
        let bytes: [UInt8]
        do {
            bytes = try FileAccess.read(name, sizeMax: sizeMax)
        } catch {
            throw Problem(
                .file(name), "the file \(error.action): \(systemErrorText(error.code))",
                "name an existing file: --config path/to/plugins.toml")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let good = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
            let line = good.utf8.count { $0 == 0x0A } + 1
            throw Problem(.line(file: name, line), "the file is not UTF-8", "save it as UTF-8")
        }
        return text
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
