/// nself.host.database/1 for tests: libpq, one connection, blocking.

import Glibc
import Libpq
import PluginAPI
import TestKit

/// One database of its own on the tests' cluster.
final class EndpointDatabase {
    private let connection: OpaquePointer?
    let name: String

    /// Makes a database and runs `script` in it.
    init(_ name: String, script: String) {
        self.name = name
        let server = PQconnectdb(EndpointCluster.address + " dbname=postgres")
        PQclear(PQexec(server, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)"))
        PQclear(
            PQexec(
                server,
                "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            ))
        PQfinish(server)
        connection = PQconnectdb(
            EndpointCluster.address + " dbname=\(name) options='-c timezone=UTC'")
        run(script)
    }
    deinit { PQfinish(connection) }

    /// Runs a script; what PostgreSQL says is the result's failure.
    @discardableResult
    func run(_ script: String) -> String? {
        let result = PQexec(connection, script)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_FATAL_ERROR else { return nil }
        return String(cString: PQresultErrorMessage(result))
    }
    /// The first value of a query.
    func value(_ sql: String) -> String? {
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard PQntuples(result) > 0, PQgetisnull(result, 0, 0) == 0 else { return nil }
        return String(cString: PQgetvalue(result, 0, 0))
    }

    /// Runs a request as one transaction.
    func answer(_ request: FakeDatabase.Request) -> FakeDatabase.Answer {
        run("BEGIN")
        var results: [FakeDatabase.Result] = []
        for (index, statement) in request.statements.enumerated() {
            let result = execute(statement)
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_FATAL_ERROR {
                run("ROLLBACK")
                return failure(result, index)
            }
            results.append(copy(result))
        }
        run("COMMIT")
        return FakeDatabase.Answer(.NSELF_STATUS_OK, results: results)
    }

    private func execute(_ statement: FakeDatabase.Statement) -> OpaquePointer? {
        var texts: [UnsafeMutablePointer<CChar>?] = []
        for parameter in statement.parameters {
            guard case .text(let text, _) = parameter else {
                texts.append(nil)
                continue
            }
            texts.append(strdup(text))
        }
        defer { for text in texts { free(text) } }
        var pointers = texts.map { UnsafePointer($0) }
        return PQexecParams(
            connection, statement.sql, Int32(pointers.count), nil, &pointers, nil, nil, 0)
    }

    private func copy(_ result: OpaquePointer?) -> FakeDatabase.Result {
        let columns = (0..<PQnfields(result)).map {
            FakeDatabase.Column(String(cString: PQfname(result, $0)), PQftype(result, $0))
        }
        let rows = (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) != 0
                    ? nil : String(cString: PQgetvalue(result, row, column))
            }
        }
        let affected = UInt64(String(cString: PQcmdTuples(result))) ?? 0
        return FakeDatabase.Result(columns, rows, affected: affected)
    }

    private func failure(_ result: OpaquePointer?, _ statement: Int) -> FakeDatabase.Answer {
        func field(_ code: Character) -> String {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
                ?? ""
        }
        var failure = FakeDatabase.Failure()
        failure.sqlstate = field("C")
        failure.message = field("M")
        failure.constraint = field("n")
        failure.statement = UInt32(statement)
        return FakeDatabase.Answer(
            .NSELF_STATUS_INVALID_ARGUMENT, failure.message, failure: failure)
    }
}
