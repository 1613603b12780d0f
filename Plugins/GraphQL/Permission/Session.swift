/// Who asks: decided from the headers before anything else is looked at.

import PluginAPI

struct Session {
    let role: String
    /// The role's name as the plan cache compares it.
    let roleBytes: [UInt8]

    static let admin = Session(role: RoleSchema.admin)

    init(role: String) {
        self.role = role
        roleBytes = Array(role.utf8)
    }

    /// Checks the admin secret. Without one in the configuration everybody is the admin. [loop] hot
    static func of(_ request: Request, _ settings: Settings) throws(QueryError) -> Session {
        if !settings.adminSecret.isEmpty {
            if let given = request.header("x-hasura-admin-secret") {
                guard isEqual(given, settings.adminSecret) else {
                    throw QueryError(
                        "invalid \"x-hasura-admin-secret\"/\"x-hasura-access-key\"",
                        code: "access-denied")
                }
            } else if let given = request.header("x-hasura-access-key") {
                guard isEqual(given, settings.adminSecret) else {
                    throw QueryError(
                        "invalid \"x-hasura-admin-secret\"/\"x-hasura-access-key\"",
                        code: "access-denied")
                }
            } else {
                throw QueryError(
                    "x-hasura-admin-secret required, but not found", code: "access-denied")
            }
        }
        guard let role = request.header("x-hasura-role"), !role.isEmpty, !(role == "admin") else {
            return admin
        }
        return Session(role: String(role))
    }

    /// Takes the same time wherever the difference is; the length of a secret is no secret.
    private static func isEqual(_ given: Text, _ secret: [UInt8]) -> Bool {
        guard given.count == secret.count else { return false }
        var difference: UInt8 = 0
        for (index, byte) in given.bytes.enumerated() { difference |= byte ^ secret[index] }
        return difference == 0
    }
}
