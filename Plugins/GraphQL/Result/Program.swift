/// How an answer is written from results: a list of steps made once per plan and run per request.

/// One step: the bytes that come before it, then what it does.
struct Instruction {
    enum Operation: UInt8 {
        /// Only the bytes.
        case text
        /// The cell of `column`.
        case value
        /// When the cell of `column` is null, `null` and on at `jump`.
        case object
        /// From here on cells are those of result `column`, at its first row. `count` levels are
        /// described from `jump` on in the program's list of parents.
        case result
        /// A list: up to `jump` once per row of the result.
        case each
        /// The end of a list whose steps begin at `jump`.
        case next
        /// When the result has no row, `null` and on at `jump`.
        case first
        /// A list: up to `jump` once per row of level `column` that belongs to the parent's row.
        case level
        /// The end of a list of level `column` whose steps begin at `jump`; `count` is the parent's level.
        case nextLevel
        /// When the first level has no row, `null` and on at `jump`.
        case firstLevel
        /// The number of rows that the statement changed.
        case affected
    }
    let operation: Operation
    let form: OutputForm
    var count: UInt16 = 0
    let column: Int32
    let textStart: UInt32
    let textCount: UInt32
    var jump: UInt32 = 0
}

/// The steps and their bytes, in memory that does not move.
final class Program {
    let instructions: UnsafePointer<Instruction>
    let count: Int
    let text: UnsafePointer<UInt8>
    let textCount: Int
    /// Of each level the level above, for all results with levels.
    let parents: [Int]
    /// Columns that each result must have.
    let columnCounts: [Int]

    init(_ builder: ProgramBuilder) {
        let instructions = UnsafeMutablePointer<Instruction>.allocate(
            capacity: max(builder.instructions.count, 1))
        for (index, one) in builder.instructions.enumerated() {
            (instructions + index).initialize(to: one)
        }
        self.instructions = UnsafePointer(instructions)
        count = builder.instructions.count
        let text = UnsafeMutablePointer<UInt8>.allocate(capacity: max(builder.text.count, 1))
        for (index, byte) in builder.text.enumerated() { (text + index).initialize(to: byte) }
        self.text = UnsafePointer(text)
        textCount = builder.text.count
        parents = builder.parents
        columnCounts = builder.columnCounts
    }
    deinit {
        instructions.deallocate()
        text.deallocate()
    }
    /// Memory held, in bytes.
    var size: Int { count * MemoryLayout<Instruction>.stride + textCount }
}

/// Collects steps. Text is joined until a step needs it.
struct ProgramBuilder {
    private(set) var instructions: [Instruction] = []
    private(set) var text: [UInt8] = []
    private(set) var parents: [Int] = []
    private(set) var columnCounts: [Int] = []
    private var pending = 0
    /// The result that steps are about.
    private var current = 0

    mutating func add(_ bytes: some Sequence<UInt8>) { text.append(contentsOf: bytes) }
    mutating func add(_ string: String) { text.append(contentsOf: string.utf8) }
    /// `"key":`; a key is a GraphQL name and needs no escapes.
    mutating func add(key: String, isFirst: Bool) {
        add(isFirst ? "\"" : ",\"")
        add(key)
        add("\":")
    }
    mutating func value(_ column: Int, _ form: OutputForm) { append(.value, form, column) }
    mutating func affected() { append(.affected, .json, 0) }
    /// Returns the step that `setLevels` completes.
    mutating func result(_ index: Int) -> Int {
        append(.result, .json, index)
        while columnCounts.count <= index { columnCounts.append(0) }
        current = index
        return instructions.count - 1
    }
    mutating func setLevels(_ parents: [Int], of result: Int) {
        instructions[result].count = UInt16(parents.count)
        instructions[result].jump = UInt32(self.parents.count)
        self.parents += parents
    }

    /// Returns the step whose jump `close` sets.
    mutating func open(_ operation: Instruction.Operation, column: Int = 0) -> Int {
        append(operation, .json, column)
        return instructions.count - 1
    }
    /// Ends what `open` began: a list with a step back, an object or row where it jumps to.
    mutating func close(_ opened: Int, parent: Int = 0) {
        switch instructions[opened].operation {
        case .each: append(.next, .json, 0, jump: opened + 1)
        case .level:
            append(
                .nextLevel, .json, Int(instructions[opened].column), count: parent, jump: opened + 1
            )
        default: finish()  // what was written inside must not be skipped to
        }
        instructions[opened].jump = UInt32(instructions.count)
    }
    mutating func finish() { if pending < text.count { append(.text, .json, 0) } }

    private mutating func append(
        _ operation: Instruction.Operation, _ form: OutputForm, _ column: Int, count: Int = 0,
        jump: Int = 0
    ) {
        instructions.append(
            Instruction(
                operation: operation, form: form, count: UInt16(count), column: Int32(column),
                textStart: UInt32(pending), textCount: UInt32(text.count - pending),
                jump: UInt32(jump)))
        pending = text.count
        if operation == .value || operation == .object {
            columnCounts[current] = max(columnCounts[current], column + 1)
        }
    }
}
