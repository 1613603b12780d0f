/// The plugin's configuration, read from the JSON that has passed the schema in plugin.json.

import PluginAPI

struct Settings: Sendable {
    /// Empty: everybody is the admin.
    var adminSecret: [UInt8] = []
    /// Schemas of the database whose tables are tracked.
    var schemas = ["public"]
    /// Memory for plans, per loop.
    var planCacheBytesMax = 16 * 1024 * 1024

    init() {}
    init(_ configuration: UnsafeRawBufferPointer) throws(PluginError) {
        guard !configuration.isEmpty else { return }
        var reader = JSONReader(configuration)
        do throws(JSONProblem) {
            var first = true
            try reader.beginObject()
            while let key = try reader.nextKey(&first) {
                if key == "admin_secret" {
                    adminSecret = Array(String(try reader.readString()).utf8)
                } else if key == "schemas" {
                    schemas = try Settings.strings(&reader)
                } else if key == "plan_cache_bytes" {
                    planCacheBytesMax = Int(
                        try reader.readNumber().integer ?? Int64(planCacheBytesMax))
                } else {
                    _ = try reader.skipValue()
                }
            }
        } catch {
            throw PluginError(
                .NSELF_STATUS_INVALID_ARGUMENT, "the configuration is no JSON: \(error.message)")
        }
    }

    private static func strings(_ reader: inout JSONReader) throws(JSONProblem) -> [String] {
        var strings: [String] = []
        var first = true
        try reader.beginArray()
        while try reader.nextElement(&first) { strings.append(String(try reader.readString())) }
        return strings
    }
}
