/// Reads the body of a POST: `{"query", "variables", "operationName", "extensions"}` or an array of
/// such, in one pass and without copying. [any] hot
enum RequestReader {
    static func read(_ body: UnsafeRawBufferPointer) throws(RequestError) -> RequestBody {
        var scanner = JSONScanner(body)
        let result: RequestBody
        switch scanner.peek() {
        case UInt8(ascii: "{"): result = .single(try request(&scanner, path: "$"))
        case UInt8(ascii: "["): result = .batch(try batch(&scanner))
        default:
            guard let value = try? scanner.value() else {
                throw invalid(scanner.unexpected("an object or a list of objects"))
            }
            throw wrongKind("$", expected: "an object or a list of objects", found: value.kind)
        }
        guard scanner.isAtEnd else { throw invalid(scanner.unexpected("the end of the body")) }
        return result
    }

    private static func batch(_ scanner: inout JSONScanner) throws(RequestError) -> [GraphQLRequest]
    {
        var requests: [GraphQLRequest] = []
        _ = scanner.skip(UInt8(ascii: "["))
        if scanner.skip(UInt8(ascii: "]")) {
            throw RequestError(
                message: "a batch must hold at least one request", code: "parse-failed", path: "$")
        }
        repeat {
            guard requests.count < RequestLimit.batchCountMax else {
                throw RequestError(
                    message:
                        "a batch must not hold more than \(RequestLimit.batchCountMax) requests",
                    code: "parse-failed", path: "$")
            }
            let path = "$[\(requests.count)]"
            guard scanner.peek() == UInt8(ascii: "{") else {
                guard let value = try? scanner.value() else {
                    throw invalid(scanner.unexpected("an object"))
                }
                throw wrongKind(path, expected: "an object", found: value.kind)
            }
            requests.append(try request(&scanner, path: path))
        } while scanner.skip(UInt8(ascii: ","))
        guard scanner.skip(UInt8(ascii: "]")) else {
            throw invalid(scanner.unexpected("\",\" or \"]\""))
        }
        return requests
    }

    /// The members of a request that have a meaning; others are passed over.
    private struct Members {
        var query: JSONSlice?
        var operationName: JSONSlice?
        var variables: JSONSlice?
        var extensions: JSONSlice?
        /// The name of a member that stood there before.
        var repeated: JSONText?

        /// Reads one object.
        init(_ scanner: inout JSONScanner) throws(JSONError) {
            try scanner.expect(UInt8(ascii: "{"))
            if scanner.skip(UInt8(ascii: "}")) { return }
            repeat {
                guard scanner.peek() == UInt8(ascii: "\"") else {
                    throw scanner.unexpected("a member's name")
                }
                let name = try scanner.string()
                try scanner.expect(UInt8(ascii: ":"))
                let value = try scanner.value(depth: 1)
                if name.equals("query", in: scanner.bytes) {
                    Self.set(&query, value, name, &repeated)
                } else if name.equals("variables", in: scanner.bytes) {
                    Self.set(&variables, value, name, &repeated)
                } else if name.equals("operationName", in: scanner.bytes) {
                    Self.set(&operationName, value, name, &repeated)
                } else if name.equals("extensions", in: scanner.bytes) {
                    Self.set(&extensions, value, name, &repeated)
                }
            } while scanner.skip(UInt8(ascii: ","))
            try scanner.expect(UInt8(ascii: "}"))
        }

        private static func set(
            _ member: inout JSONSlice?, _ value: JSONSlice, _ name: JSONText,
            _ repeated: inout JSONText?
        ) {
            if member != nil { repeated = name }
            member = value
        }
    }

    private static func request(_ scanner: inout JSONScanner, path: String) throws(RequestError)
        -> GraphQLRequest
    {
        let members: Members
        do throws(JSONError) {
            members = try Members(&scanner)
        } catch {
            throw invalid(error)
        }
        if let name = members.repeated {
            throw RequestError(
                message: "the key \"\(name.string(in: scanner.bytes))\" stands twice",
                code: "parse-failed", path: path)
        }
        guard let query = members.query else {
            throw RequestError(message: "key \"query\" not found", code: "parse-failed", path: path)
        }
        guard query.kind == .string else {
            throw wrongKind(path + ".query", expected: "a string", found: query.kind)
        }
        return GraphQLRequest(
            query: query.text, operationName: try operationNameText(members.operationName, path),
            variables: try object(members.variables, path + ".variables"),
            extensions: try object(members.extensions, path + ".extensions"))
    }

    private static func operationNameText(_ value: JSONSlice?, _ path: String) throws(RequestError)
        -> JSONText?
    {
        guard let value, value.kind != .null else { return nil }
        guard value.kind == .string else {
            throw wrongKind(path + ".operationName", expected: "a string", found: value.kind)
        }
        return value.text.range.isEmpty ? nil : value.text
    }

    private static func object(_ value: JSONSlice?, _ path: String) throws(RequestError)
        -> JSONSlice?
    {
        guard let value, value.kind != .null else { return nil }
        guard value.kind == .object else {
            throw wrongKind(path, expected: "an object", found: value.kind)
        }
        return value
    }

    private static func invalid(_ error: JSONError) -> RequestError {
        RequestError(
            message: "the body is not valid JSON: \(error.reason) at byte \(error.offset)",
            code: "invalid-json",
            path: "$")
    }

    private static func wrongKind(_ path: String, expected: String, found: JSONKind) -> RequestError
    {
        RequestError(
            message: "expected \(expected), but found \(found.label)", code: "parse-failed",
            path: path)
    }
}
