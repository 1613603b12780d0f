/// One statement under construction: its parameters and its aliases.

final class StatementBuilder {
    private(set) var parameters: [ParameterSource] = []
    private struct Key: Hashable {
        let source: ParameterSource
        let cast: String
    }
    private var numbers: [Key: Int] = [:]
    private var aliasCount = 0

    /// A name no column, key or table can have.
    func alias() -> String {
        aliasCount += 1
        return "\"$\(aliasCount)\""
    }

    /// `$3::int4`. Equal values of one type share a parameter.
    func value(_ value: SQLValue) -> String {
        switch value {
        case .null(let cast): return "NULL::" + cast
        case .parameter(let source, let cast):
            let key = Key(source: source, cast: cast)
            let number = numbers[key] ?? parameters.count + 1
            if numbers[key] == nil {
                numbers[key] = number
                parameters.append(source)
            }
            return "$\(number)::" + cast
        case .array(let elements, let cast):
            return "ARRAY[" + elements.map { self.value($0) }.joined(separator: ", ") + "]::" + cast
        }
    }
    func bound(_ bound: RowBound) -> String {
        switch bound {
        case .constant(let number): String(number)
        case .parameter(let value): self.value(value)
        }
    }
}

/// Where columns come from in one SELECT; notes which are used.
final class RowSource {
    let alias: String
    private(set) var used: Set<Int> = []

    init(_ alias: String) { self.alias = alias }

    func column(_ column: Column) -> String {
        used.insert(column.index)
        return alias + "." + column.sqlName
    }
}
