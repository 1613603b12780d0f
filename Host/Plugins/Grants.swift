/// What plugins.toml lets an instance use.

import HostManifest

extension ResolvedConfig.Instance {
    /// `id` is a full interface id: "nself.host.database/1".
    func grants(interface id: String) -> Bool {
        guard let name = shortInterfaceName(id) else { return false }
        return grant(name) != nil
    }
}

/// "nself.host.database/1" → "database".
func shortInterfaceName(_ id: String) -> String? {
    let prefix = "nself.host."
    guard id.hasPrefix(prefix) else { return nil }
    return String(id.dropFirst(prefix.count).prefix { $0 != "/" })
}
