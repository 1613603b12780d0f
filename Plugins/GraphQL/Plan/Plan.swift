/// All that a request needs once it has been understood: statements, where their parameters come
/// from, and the program that writes the answer.

import PluginAPI

/// Belongs to one loop. Its C arrays are lent to the database with each request: constants stand in
/// them from the beginning, only what changes is written.
final class Plan {
    let isMutation: Bool
    let program: Program
    let statements: UnsafeMutablePointer<nself_db_statement>
    let statementCount: Int
    private let parameters: UnsafeMutablePointer<nself_db_parameter>
    private let parameterCount: Int
    /// The parameters that a request brings.
    private let bound: [Bound]
    /// SQL texts and constants.
    private let memory: UnsafeMutablePointer<UInt8>
    private let memorySize: Int
    /// Paths of the root fields, for errors of the database.
    let paths: [String]
    /// Made for one request: not worth keeping.
    let isOnce: Bool
    /// Bytes of the last answer: the next will be about as large.
    var answerSize = 512

    private struct Bound {
        let index: Int
        let source: ParameterSource
    }
    struct Statement {
        let sql: String
        let parameters: [ParameterSource]
        /// The text will hardly come again.
        let isOnce: Bool
        let path: String
    }

    init(isMutation: Bool, program: Program, statements list: [Statement]) {
        self.isMutation = isMutation
        self.program = program
        paths = list.map(\.path)
        isOnce = list.contains(where: \.isOnce)
        statementCount = list.count
        statements = .allocate(capacity: max(list.count, 1))
        parameterCount = list.reduce(0) { $0 + $1.parameters.count }
        parameters = .allocate(capacity: max(parameterCount, 1))
        var text: [UInt8] = []
        for one in list {
            text.append(contentsOf: one.sql.utf8)
            for case .constant(let constant) in one.parameters {
                text.append(contentsOf: constant.utf8)
            }
        }
        memorySize = text.count
        memory = .allocate(capacity: max(text.count, 1))
        for (index, byte) in text.enumerated() { (memory + index).initialize(to: byte) }

        var bound: [Bound] = []
        var offset = 0
        var next = 0
        for (index, one) in list.enumerated() {
            var statement = nself_db_statement()
            let sqlSize = one.sql.utf8.count
            statement.sql = Text(UnsafeRawBufferPointer(start: memory + offset, count: sqlSize)).raw
            offset += sqlSize
            statement.parameters = UnsafePointer(parameters + next)
            statement.parameter_count = UInt32(one.parameters.count)
            if one.isOnce { statement.flags = .NSELF_DB_ONCE }
            (statements + index).initialize(to: statement)
            for source in one.parameters {
                var parameter = nself_db_parameter()
                if case .constant(let constant) = source {
                    parameter.data = UnsafePointer(memory + offset)
                    parameter.size = Int32(truncatingIfNeeded: constant.utf8.count)
                    offset += constant.utf8.count
                } else {
                    bound.append(Bound(index: next, source: source))
                }
                (parameters + next).initialize(to: parameter)
                next += 1
            }
        }
        self.bound = bound
    }
    deinit {
        statements.deallocate()
        parameters.deallocate()
        memory.deallocate()
    }

    /// Memory held, in bytes.
    var size: Int {
        memorySize + program.size + parameterCount * (MemoryLayout<nself_db_parameter>.stride + 64)
            + statementCount * MemoryLayout<nself_db_statement>.stride + 256
    }
    /// The text of a statement, for tests and logs.
    func sql(_ index: Int) -> String { String(statements[index].sql) }

    /// Writes the request's scalars into the statements. [loop] hot
    func bind(_ input: borrowing ParameterInput) throws(QueryError) {
        for one in bound { try input.bind(one.source, to: parameters + one.index) }
    }
}
