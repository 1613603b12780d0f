/// Answers that are no data: errors in Hasura's form.

import PluginAPI

enum Answer {
    static let contentType: StaticString = "application/json; charset=utf-8"

    /// `{"errors":[{"extensions":{"path":"$","code":"…"},"message":"…"}]}`
    static func error(_ error: QueryError) -> nself_buffer {
        var writer = JSONWriter(capacity: 256)
        write(error, to: &writer)
        return writer.finish()
    }
    static func write(_ error: QueryError, to writer: inout JSONWriter) {
        writer.write(#"{"errors":[{"extensions":{"path":"#)
        writer.writeString(error.path)
        writer.write(#","code":"#)
        writer.writeString(error.code)
        writer.write(#"},"message":"#)
        writer.writeString(error.message)
        writer.write("}]}")
    }
}
