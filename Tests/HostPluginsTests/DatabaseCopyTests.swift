/// What is borrowed for one call is copied whole when it goes to another loop.

import CNself
import Testing

@testable import HostPlugins

@Suite struct DatabaseCopyTests {
    private func text(_ string: nself_string) -> String { String(string) }

    @Test("A request's copy survives its original: source, settings, statements and parameters")
    func requestCopy() {
        let copy = withString("select $1") { sql -> DatabaseRequestCopy in
            withString("role") { name in
                withString("web_user") { value in
                    var bytes: [UInt8] = [1, 2, 3]
                    let copy = bytes.withUnsafeMutableBufferPointer {
                        buffer -> DatabaseRequestCopy in
                        var field = nself_field(name: name, value: value)
                        var parameters = (nself_db_parameter(), nself_db_parameter())
                        parameters.0.data = UnsafePointer(buffer.baseAddress)
                        parameters.0.size = 3
                        parameters.0.type_oid = 17
                        parameters.1.size = -1
                        return withUnsafePointer(to: &parameters) {
                            $0.withMemoryRebound(to: nself_db_parameter.self, capacity: 2) { list in
                                var statement = nself_db_statement()
                                statement.sql = sql
                                statement.parameters = list
                                statement.parameter_count = 2
                                return withUnsafePointer(to: &statement) { statement in
                                    withUnsafePointer(to: &field) { field in
                                        var request = nself_db_request()
                                        request.settings = nself_fields(items: field, count: 1)
                                        request.statements = statement
                                        request.statement_count = 1
                                        request.flags = .NSELF_DB_READ_ONLY
                                        return DatabaseRequestCopy(&request)
                                    }
                                }
                            }
                        }
                    }
                    bytes = [9, 9, 9]
                    return copy
                }
            }
        }
        let request = copy.request
        #expect(request.flags == .NSELF_DB_READ_ONLY)
        #expect(text(request.settings.items[0].name) == "role")
        #expect(text(request.settings.items[0].value) == "web_user")
        #expect(text(request.statements[0].sql) == "select $1")
        let parameters = request.statements[0].parameters
        #expect(parameters?[0].size == 3 && parameters?[0].data?[2] == 3)
        #expect(parameters?[0].type_oid == 17)
        #expect(parameters?[1].size == -1)
    }

    @Test("An answer's copy passes on status, message and every text of the server's error")
    func answerCopy() {
        let copy = withString("23505") { state -> DatabaseAnswerCopy in
            withString("duplicate key") { message in
                var error = nself_db_error()
                error.sqlstate = state
                error.constraint = message
                error.position = 7
                return DatabaseAnswerCopy(
                    nself_call(id: 5), .NSELF_STATUS_ALREADY_EXISTS, message, nil, 0, &error)
            }
        }
        var seen = false
        copy.deliver { status, message, results, count, error in
            seen = true
            #expect(status == .NSELF_STATUS_ALREADY_EXISTS)
            #expect(text(message) == "duplicate key")
            #expect(results == nil && count == 0)
            #expect(error.map { text($0.pointee.sqlstate) } == "23505")
            #expect(error.map { text($0.pointee.constraint) } == "duplicate key")
            #expect(error?.pointee.position == 7)
        }
        #expect(seen)
    }
}
