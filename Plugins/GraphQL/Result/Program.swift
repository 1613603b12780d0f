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
        /// From here on cells are those of result `column`, at its first row.
        case result
        /// A list: up to `jump` once per row of the result.
        case each
        /// The end of a list whose steps begin at `jump`.
        case next
        /// When the result has no row, `null` and on at `jump`.
        case first
        /// The number of rows that the statement changed.
        case affected
    }
    let operation: Operation
    let form: OutputForm
    let column: Int32
    let textStart: UInt32
    let textCount: UInt32
    var jump: UInt32
}

/// The steps and their bytes, in memory that does not move.
final class Program {
    let instructions: UnsafePointer<Instruction>
    let count: Int
    let text: UnsafePointer<UInt8>
    let textCount: Int

    init(_ builder: ProgramBuilder) {
        let instructions = UnsafeMutablePointer<Instruction>.allocate(capacity: max(builder.instructions.count, 1))
        for (index, one) in builder.instructions.enumerated() { (instructions + index).initialize(to: one) }
        self.instructions = UnsafePointer(instructions)
        count = builder.instructions.count
        let text = UnsafeMutablePointer<UInt8>.allocate(capacity: max(builder.text.count, 1))
        for (index, byte) in builder.text.enumerated() { (text + index).initialize(to: byte) }
        self.text = UnsafePointer(text)
        textCount = builder.text.count
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
    private var pending = 0

    mutating func add(_ bytes: some Sequence<UInt8>) { text.append(contentsOf: bytes) }
    mutating func add(_ string: String) { text.append(contentsOf: string.utf8) }
    /// `"key":`; a key is a GraphQL name and needs no escapes.
    mutating func add(key: String, isFirst: Bool) {
        add(isFirst ? "\"" : ",\"")
        add(key)
        add("\":")
    }
    mutating func value(_ column: Int, _ form: OutputForm) { append(.value, form, column) }
    /// Returns the step whose jump `close` sets.
    mutating func open(_ operation: Instruction.Operation, column: Int = 0) -> Int {
        append(operation, .json, column)
        return instructions.count - 1
    }
    /// Ends what `open` began: a list with a step back, an object or row where it jumps to.
    mutating func close(_ opened: Int) {
        if instructions[opened].operation == .each {
            append(.next, .json, 0)
            instructions[instructions.count - 1].jump = UInt32(opened + 1)
        } else if pending < text.count {
            // What was written inside must not be skipped to.
            append(.text, .json, 0)
        }
        instructions[opened].jump = UInt32(instructions.count)
    }
    mutating func affected() { append(.affected, .json, 0) }
    mutating func result(_ index: Int) { append(.result, .json, index) }
    mutating func finish() { if pending < text.count { append(.text, .json, 0) } }

    private mutating func append(_ operation: Instruction.Operation, _ form: OutputForm, _ column: Int) {
        instructions.append(
            Instruction(
                operation: operation, form: form, column: Int32(column), textStart: UInt32(pending),
                textCount: UInt32(text.count - pending), jump: 0))
        pending = text.count
    }
}
