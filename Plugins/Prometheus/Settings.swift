/// What plugins.toml says about this plugin; the host has checked it against the schema.

import PluginAPI

struct Settings: Sendable {
    var path = "/metrics"
    var prefix = ""

    init() {}

    init(_ configuration: UnsafeRawBufferPointer) throws(PluginError) {
        guard !configuration.isEmpty else { return }
        var reader = JSONReader(configuration)
        do throws(JSONProblem) {
            var first = true
            try reader.beginObject()
            while let key = try reader.nextKey(&first) {
                if key == "path" {
                    path = String(try reader.readString())
                } else if key == "prefix" {
                    prefix = String(try reader.readString())
                } else {
                    _ = try reader.skipValue()
                }
            }
            try reader.finish()
        } catch {
            throw PluginError(.NSELF_STATUS_INVALID_ARGUMENT, "configuration: \(error.message)")
        }
    }
}
