/// What PostgreSQL refused, in the words and codes of Hasura.

import PluginAPI

enum DatabaseFailure {
    /// `paths` are those of the statements, for constraints that a change has broken.
    static func error(
        _ status: nself_status, _ message: nself_string, _ error: UnsafePointer<nself_db_error>?,
        paths: [String]
    ) -> QueryError {
        guard let error else {
            switch status {
            case .NSELF_STATUS_UNAVAILABLE: return connection
            case .NSELF_STATUS_RESOURCE_EXHAUSTED:
                return QueryError("too many requests wait for the database", code: "busy")
            case .NSELF_STATUS_DEADLINE_EXCEEDED:
                return QueryError("the database did not answer in time", code: "timeout")
            default:
                return QueryError("database query error", code: "unexpected")
            }
        }
        let statement = Int(error.pointee.statement)
        let path = statement < paths.count ? paths[statement] : "$"
        return translate(String(error.pointee.sqlstate), String(error.pointee.message), path: path)
    }

    static let connection = QueryError("connection error", code: "postgres-error")

    static func translate(_ state: String, _ message: String, path: String) -> QueryError {
        switch state {
        case "23502":
            return QueryError(
                "Not-NULL violation. " + message, code: "constraint-violation", path: path)
        case "23503":
            return QueryError(
                "Foreign key violation. " + message, code: "constraint-violation", path: path)
        case "23505":
            return QueryError(
                "Uniqueness violation. " + message, code: "constraint-violation", path: path)
        case "23514":
            return QueryError(
                "Check constraint violation. " + message, code: "permission-error", path: path)
        case "23P01":
            return QueryError(
                "Exclusion violation. " + message, code: "constraint-violation", path: path)
        case "40001", "40P01": return QueryError(message, code: "concurrent-update", path: path)
        case "42501": return QueryError(message, code: "permission-denied", path: path)
        case "57014": return QueryError("the query was cancelled or took too long", code: "timeout")
        default: break
        }
        if state.hasPrefix("22") { return QueryError(message, code: "data-exception") }
        if state.hasPrefix("08") || state.hasPrefix("57P") { return connection }
        if state.hasPrefix("53") { return QueryError(message, code: "busy") }
        return QueryError("database query error", code: "unexpected")
    }
    /// The statement speaks of something that is not there any more: the schema is out of date.
    static func isSchemaDrift(_ error: UnsafePointer<nself_db_error>?) -> Bool {
        guard let error else { return false }
        let state = String(error.pointee.sqlstate)
        return state == "42P01" || state == "42703" || state == "42704" || state == "42P10"
    }
}
