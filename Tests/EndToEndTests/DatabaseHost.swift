/// The host with PostgreSQL, GraphQL and the sample data: for the stories that need a database.

import Fixtures
import Glibc
import HostManifest
import Testing

/// A private cluster as somebody without DATABASE_URL gets it.
final class DatabaseHost: @unchecked Sendable {  // one test at a time: the suites are serialized
    let host: RunningHost
    private static let secret = "a secret of this test"

    static let isAvailable = access("/usr/lib/postgresql/15/bin/postgres", X_OK) == 0

    init() throws {
        host = try RunningHost(
            """
            [providers]
            database = "postgres"
            [plugins.postgres]
            file = "postgres.so"
            required = true
            grants = ["poll"]
            [plugins.graphql]
            file = "graphql.so"
            required = true
            grants = ["database"]
            config = { admin_secret = "\(Self.secret)" }
            [plugins.prometheus]
            file = "prometheus.so"
            grants = ["telemetry"]
            """, plugins: ["postgres", "graphql", "prometheus"])
        try psql(["-f", "\(Repository.root)/Scripts/sample/music.sql"])
        let reloaded = try host.post(
            "/v1/metadata", #"{"type":"reload_metadata","args":{}}"#,
            headers: [("x-hasura-admin-secret", Self.secret)])
        guard reloaded.status == 200 else {
            throw ClientError(
                description: "reload_metadata: \(reloaded.status) \(reloaded.text)\n\(host.log)")
        }
    }

    /// Runs psql on the private cluster's socket, as its owner.
    @discardableResult
    func psql(_ arguments: [String]) throws -> String {
        let found = try Program.run([
            "find", "\(host.directory.path)/data", "-name", ".s.PGSQL.*", "-type", "s",
        ])
        guard let socket = found.output.split(separator: "\n").first,
            let slash = socket.lastIndex(of: "/")
        else {
            throw ClientError(description: "no socket of a private cluster\n\(host.log)")
        }
        let result = try Program.run(
            [
                "psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-h",
                String(socket[..<slash]), "-U", "nself", "-d", "nself",
            ]
                + arguments)
        guard result.status == 0 else { throw ClientError(description: "psql: \(result.errors)") }
        return result.output
    }

    /// Posts an operation with the admin secret.
    func graphQL(
        _ query: String, _ variables: JSONValue = .object(JSONObject()), secret: String = secret
    ) throws
        -> (status: Int, json: JSONValue)
    {
        let body: JSONValue = ["query": .string(query), "variables": variables]
        let answer = try host.post(
            "/v1/graphql", body.text, headers: [("x-hasura-admin-secret", secret)])
        return (answer.status, try JSONValue(parsing: answer.bytes))
    }
    /// The data of an operation that must have no errors.
    func data(_ query: String, _ variables: JSONValue = .object(JSONObject())) throws -> JSONValue {
        let (status, json) = try graphQL(query, variables)
        #expect(status == 200 && json["errors"] == nil, "\(json.text)")
        return try #require(json["data"])
    }
}
