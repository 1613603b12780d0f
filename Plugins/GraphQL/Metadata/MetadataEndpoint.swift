/// POST /v1/metadata: so far only `reload_metadata`, which reads the catalogue anew.

import PluginAPI

extension GraphQL {
    /// [loop]
    func metadata(_ request: Request, _ body: borrowing Body, _ call: HTTPCall) {
        do throws(QueryError) {
            let session = try Session.of(request, currentLoop().settings)
            guard session.role == RoleSchema.admin else {
                throw QueryError("restricted access : admin only", code: "access-denied")
            }
            let type = try metadataType(body.bytes)
            guard type == "reload_metadata" else {
                throw QueryError(
                    "unknown metadata command: \"\(type)\"", code: "parse-failed", path: "$.type")
            }
            store.read { reason in
                guard let reason else {
                    return call.respond(200, json: #"{"message":"success","is_consistent":true}"#)
                }
                MetadataAnswer.fail(QueryError(reason, code: "postgres-error"), 503, call)
            }
        } catch {
            MetadataAnswer.fail(error, 400, call)
        }
    }

    private func metadataType(_ body: UnsafeRawBufferPointer) throws(QueryError) -> String {
        var reader = JSONReader(body)
        do throws(JSONProblem) {
            var first = true
            try reader.beginObject()
            while let key = try reader.nextKey(&first) {
                if key == "type" { return String(try reader.readString()) }
                _ = try reader.skipValue()
            }
        } catch {
            throw QueryError("the body is not valid JSON: \(error.message)", code: "invalid-json")
        }
        throw QueryError("key \"type\" not found", code: "parse-failed")
    }
}

enum MetadataAnswer {
    /// `{"path":"$","error":"…","code":"…"}`
    static func fail(_ error: QueryError, _ status: UInt32, _ call: HTTPCall) {
        var writer = JSONWriter(capacity: 256)
        writer.write(#"{"path":"#)
        writer.writeString(error.path)
        writer.write(#","error":"#)
        writer.writeString(error.message)
        writer.write(#","code":"#)
        writer.writeString(error.code)
        writer.write("}")
        call.respond(status, Answer.contentType, writer.finish())
    }
}
