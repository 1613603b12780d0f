/// Where the parameters of a statement come from, and how they get there. [loop] hot

import PluginAPI

enum ParameterSource: Hashable, Sendable {
    /// Text known when the plan was made.
    case constant(String)
    /// A scalar of the request, in the form its column needs.
    case variable(Int, ParameterForm)
    /// JSON with scalars of the request inside.
    case json([JSONPiece])
}

enum ParameterForm: UInt8, Hashable, Sendable {
    /// A string's content, a number's digits, `true`.
    case text
    /// The JSON itself.
    case json
    /// A JSON array as PostgreSQL's `{1,2}`.
    case array
    /// The same for elements that are JSON.
    case jsonArray
}

enum JSONPiece: Hashable, Sendable {
    case text(String)
    case variable(Int)
}

/// The scalars of one request and memory for those that must be rewritten.
struct ParameterInput {
    let body: UnsafeRawBufferPointer
    let leaves: [JSONSlice]
    let scratch: ScratchArena
}

extension ParameterInput {
    /// Writes the value of `source` to `parameter`. What it points to lives as long as the body and
    /// the arena. Constants were written when the plan was made.
    func bind(_ source: ParameterSource, to parameter: UnsafeMutablePointer<nself_db_parameter>)
        throws(QueryError)
    {
        switch source {
        case .constant: return
        case .variable(let index, let form): try bind(leaves[index], form, to: parameter)
        case .json(let pieces):
            var text: [UInt8] = []
            for piece in pieces {
                switch piece {
                case .text(let json): text.append(contentsOf: json.utf8)
                case .variable(let index): text.append(contentsOf: body[leaves[index].range])
                }
            }
            set(parameter, scratch.copy(text), text.count)
        }
    }

    private func bind(
        _ leaf: JSONSlice, _ form: ParameterForm,
        to parameter: UnsafeMutablePointer<nself_db_parameter>
    ) throws(QueryError) {
        // A leaf lies inside the body, so the body has a base.
        let base = body.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        if leaf.hasNull, form == .text {
            throw QueryError(
                "invalid byte sequence: a text cannot hold the character U+0000",
                code: "data-exception")
        }
        switch form {
        case .json: set(parameter, base + leaf.range.lowerBound, leaf.range.count)
        case .text:
            guard leaf.kind == .string else {
                return set(parameter, base + leaf.range.lowerBound, leaf.range.count)
            }
            let text = JSONString(
                raw: UnsafeRawBufferPointer(
                    start: base + leaf.text.range.lowerBound, count: leaf.text.range.count),
                isEscaped: leaf.hasEscapes)
            guard leaf.hasEscapes else {
                return set(parameter, base + leaf.text.range.lowerBound, leaf.text.range.count)
            }
            let target = scratch.allocate(text.raw.count)
            set(parameter, target, text.unescape(into: target))
        case .array, .jsonArray:
            var text: [UInt8] = []
            text.reserveCapacity(leaf.range.count + 2)
            ArrayText.append(leaf, in: body, isJSON: form == .jsonArray, to: &text)
            set(parameter, scratch.copy(text), text.count)
        }
    }

    @inline(__always)
    private func set(
        _ parameter: UnsafeMutablePointer<nself_db_parameter>, _ data: UnsafePointer<UInt8>,
        _ count: Int
    ) {
        parameter.pointee.data = data
        parameter.pointee.size = Int32(truncatingIfNeeded: count)
    }
}

/// PostgreSQL's text form of an array.
enum ArrayText {
    /// From a JSON array; a single value becomes an array of one.
    static func append(
        _ value: JSONSlice, in body: UnsafeRawBufferPointer, isJSON: Bool, to text: inout [UInt8]
    ) {
        guard value.kind == .array else {
            text.append(UInt8(ascii: "{"))
            element(value, in: body, isJSON: isJSON, to: &text)
            return text.append(UInt8(ascii: "}"))
        }
        text.append(UInt8(ascii: "{"))
        var isFirst = true
        for one in JSONElements(value, in: body) {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            if one.kind == .array, !isJSON {
                append(one, in: body, isJSON: isJSON, to: &text)
            } else {
                element(one, in: body, isJSON: isJSON, to: &text)
            }
        }
        text.append(UInt8(ascii: "}"))
    }

    private static func element(
        _ value: JSONSlice, in body: UnsafeRawBufferPointer, isJSON: Bool, to text: inout [UInt8]
    ) {
        switch value.kind {
        case .null where !isJSON: text.append(contentsOf: "NULL".utf8)
        case .number, .boolean: text.append(contentsOf: body[value.range])
        case .string where !isJSON:
            var content: [UInt8] = []
            value.text.append(from: body, to: &content)
            quote(content, to: &text)
        default: quote(body[value.range], to: &text)
        }
    }
    static func quote(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
    }
}
