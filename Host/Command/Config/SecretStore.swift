/// Where secrets come from: the environment, `.env`, or a file `secrets/NAME` beside plugins.toml.
import Glibc
import HostManifest

final class SecretStore {
    enum Failure: Error, Equatable {
        case notSet
        case badName
        case unreadable(String)
    }

    private let variables: [String: String]
    private let directory: String
    /// How messages call the directory.
    private let directoryName: String
    private let report: Report
    private var warned: Set<String> = []

    /// Keys and certificates are some kilobytes.
    private static let sizeMax = 1 << 20

    init(_ source: ManifestSource, _ report: Report) {
        variables = source.variables
        directory = source.input.directory + "/secrets"
        directoryName = source.input.beside("secrets")
        self.report = report
    }

    func value(_ name: String) throws(Failure) -> String {
        guard Self.isName(name) else { throw .badName }
        if let value = variables[name], !value.isEmpty { return value }
        return try fromFile(name)
    }

    func variable(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Names that a grant's targets match, of variables and files.
    func names(matching grant: ResolvedConfig.Grant) -> [String] {
        let files = (try? FileAccess.names(in: directory)) ?? []
        return Set(variables.keys).union(files).filter { Self.isName($0) && grant.allows($0) }
            .sorted()
    }

    func advice(_ name: String) -> String {
        "set the environment variable \(name), add \(name)=… to .env, or write it to \(directoryName)/\(name)"
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 128 else {
            return false
        }
        return ConfigPath.isBare(String(name.filter { $0 != "." }))
    }

    private func fromFile(_ name: String) throws(Failure) -> String {
        let path = "\(directory)/\(name)"
        let bytes: [UInt8]
        do {
            bytes = try FileAccess.read(path, sizeMax: Self.sizeMax)
        } catch {
            if error.isMissing { throw .notSet }
            throw .unreadable(systemErrorText(error.code))
        }
        warnIfOpen(path, name)
        var text = String(decoding: bytes, as: UTF8.self)
        // Editors and `echo` end a file with a newline that is not part of the secret.
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else { throw .notSet }
        return text
    }

    private func warnIfOpen(_ path: String, _ name: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0, warned.insert(name).inserted
        else { return }
        report.warn(
            .file("\(directoryName)/\(name)"), "other users of this machine can read the secret",
            "chmod 600 \(directoryName)/\(name)")
    }
}
