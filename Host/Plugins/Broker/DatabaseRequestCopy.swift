/// A database request that goes to another loop: what was borrowed is copied into one piece of memory.

import CNself

/// Owned by the message that carries it. [any]
final class DatabaseRequestCopy: @unchecked Sendable {  // handed from one thread to another, used by one
    var request: nself_db_request
    private let memory: UnsafeMutableRawPointer

    init(_ source: UnsafePointer<nself_db_request>) {
        let original = source.pointee
        var size = 0
        func reserve(_ bytes: Int) { size += (bytes + 15) & ~15 }
        reserve(original.source.size)
        reserve(original.settings.count * MemoryLayout<nself_field>.stride)
        for index in 0..<original.settings.count {
            reserve(original.settings.items[index].name.size)
            reserve(original.settings.items[index].value.size)
        }
        let count = Int(original.statement_count)
        reserve(count * MemoryLayout<nself_db_statement>.stride)
        for index in 0..<count {
            let statement = original.statements[index]
            reserve(statement.sql.size)
            reserve(Int(statement.parameter_count) * MemoryLayout<nself_db_parameter>.stride)
            for parameter in 0..<Int(statement.parameter_count) {
                reserve(max(0, Int(statement.parameters[parameter].size)))
            }
        }
        memory = .allocate(byteCount: max(size, 16), alignment: 16)
        request = original
        var next = memory
        func take(_ bytes: Int) -> UnsafeMutableRawPointer {
            defer { next += (bytes + 15) & ~15 }
            return next
        }
        func copy(_ text: nself_string) -> nself_string {
            guard let data = text.data, text.size > 0 else { return nself_string() }
            let place = take(text.size)
            place.copyMemory(from: data, byteCount: text.size)
            return nself_string(data: place.assumingMemoryBound(to: CChar.self), size: text.size)
        }
        request.source = copy(original.source)
        let settings = take(original.settings.count * MemoryLayout<nself_field>.stride)
            .bindMemory(to: nself_field.self, capacity: max(1, original.settings.count))
        for index in 0..<original.settings.count {
            let field = original.settings.items[index]
            settings[index] = nself_field(name: copy(field.name), value: copy(field.value))
        }
        request.settings = nself_fields(items: settings, count: original.settings.count)
        let statements = take(count * MemoryLayout<nself_db_statement>.stride)
            .bindMemory(to: nself_db_statement.self, capacity: max(1, count))
        for index in 0..<count {
            var statement = original.statements[index]
            statement.sql = copy(statement.sql)
            let parameterCount = Int(statement.parameter_count)
            let parameters = take(parameterCount * MemoryLayout<nself_db_parameter>.stride)
                .bindMemory(to: nself_db_parameter.self, capacity: max(1, parameterCount))
            for place in 0..<parameterCount {
                var parameter = original.statements[index].parameters[place]
                if let data = parameter.data, parameter.size > 0 {
                    let bytes = take(Int(parameter.size))
                    bytes.copyMemory(from: data, byteCount: Int(parameter.size))
                    parameter.data = UnsafePointer(bytes.assumingMemoryBound(to: UInt8.self))
                }
                parameters[place] = parameter
            }
            statement.parameters = UnsafePointer(parameters)
            statements[index] = statement
        }
        request.statements = UnsafePointer(statements)
    }
    deinit { memory.deallocate() }
}
