/// A request on its way to another loop: everything it points to, in one piece of memory.

import PluginAPI

/// Made on one loop, lent on another. Only where a loop has no connections of its own.
final class RequestCopy: @unchecked Sendable {  // immutable once made
    private let memory: UnsafeMutableRawPointer
    private var used: Int
    private let request: UnsafeMutablePointer<nself_db_request>

    init(_ original: UnsafePointer<nself_db_request>) {
        let count = Int(original.pointee.statement_count)
        let fields = original.pointee.settings
        let statementSize = count * MemoryLayout<nself_db_statement>.stride
        let fieldSize = fields.count * MemoryLayout<nself_field>.stride
        var (parameterSize, bytes) = (0, original.pointee.source.size)
        for index in 0..<count {
            let statement = original.pointee.statements[index]
            parameterSize +=
                Int(statement.parameter_count) * MemoryLayout<nself_db_parameter>.stride
            bytes += statement.sql.size
            for at in 0..<Int(statement.parameter_count) {
                bytes += Int(max(statement.parameters[at].size, 0))
            }
        }
        for index in 0..<fields.count {
            bytes += fields.items[index].name.size + fields.items[index].value.size
        }
        let arrays = statementSize + parameterSize + fieldSize
        memory = .allocate(byteCount: arrays + bytes + 1, alignment: 16)
        used = arrays
        request = .allocate(capacity: 1)
        request.initialize(to: original.pointee)

        let statements = memory.bindMemory(to: nself_db_statement.self, capacity: count)
        var parameters = (memory + statementSize).bindMemory(
            to: nself_db_parameter.self,
            capacity: parameterSize / MemoryLayout<nself_db_parameter>.stride)
        for index in 0..<count {
            var statement = original.pointee.statements[index]
            statement.sql = copy(statement.sql)
            for at in 0..<Int(statement.parameter_count) {
                var parameter = statement.parameters[at]
                let text = nself_string(
                    data: UnsafeRawPointer(parameter.data)?.assumingMemoryBound(to: CChar.self),
                    size: Int(max(parameter.size, 0)))
                parameter.data = UnsafeRawPointer(copy(text).data)?
                    .assumingMemoryBound(to: UInt8.self)
                (parameters + at).initialize(to: parameter)
            }
            statement.parameters = UnsafePointer(parameters)
            parameters += Int(statement.parameter_count)
            (statements + index).initialize(to: statement)
        }
        request.pointee.statements = UnsafePointer(statements)
        let items = (memory + statementSize + parameterSize).bindMemory(
            to: nself_field.self, capacity: fields.count)
        for index in 0..<fields.count {
            let field = fields.items[index]
            (items + index).initialize(
                to: nself_field(name: copy(field.name), value: copy(field.value)))
        }
        request.pointee.settings = nself_fields(items: items, count: fields.count)
        request.pointee.source = copy(request.pointee.source)
    }
    deinit {
        request.deallocate()
        memory.deallocate()
    }

    func lend(_ body: (UnsafePointer<nself_db_request>) -> Void) {
        withExtendedLifetime(self) { body(UnsafePointer(request)) }
    }

    private func copy(_ text: nself_string) -> nself_string {
        let to = memory + used
        used += text.size
        if let from = text.data, text.size > 0 { to.copyMemory(from: from, byteCount: text.size) }
        return nself_string(data: to.assumingMemoryBound(to: CChar.self), size: text.size)
    }
}
