/// A database answer on its way to another loop, or to a later turn of the same one.

import CNself

/// Results are moved into it and out again; texts are copied. [any]
final class DatabaseAnswerCopy: @unchecked Sendable {  // handed from one thread to another, used by one
    let call: nself_call
    let status: nself_status
    private let message: [UInt8]
    private let results: UnsafeMutablePointer<nself_db_result>?
    private let count: UInt32
    private let hasError: Bool
    private var error = nself_db_error()
    private var texts: [[UInt8]] = []

    init(
        _ call: nself_call, _ status: nself_status, _ message: nself_string,
        _ results: UnsafeMutablePointer<nself_db_result>?, _ count: UInt32,
        _ error: UnsafePointer<nself_db_error>?
    ) {
        self.call = call
        self.status = status
        self.message = DatabaseAnswerCopy.bytes(message)
        self.count = results == nil ? 0 : count
        if let results, count > 0 {
            let copy = UnsafeMutablePointer<nself_db_result>.allocate(capacity: Int(count))
            copy.initialize(from: results, count: Int(count))
            self.results = copy
        } else {
            self.results = nil
        }
        hasError = error != nil
        if let error = error?.pointee {
            self.error = error
            for text in [
                error.sqlstate, error.message, error.detail, error.hint, error.schema, error.table,
                error.column, error.constraint,
            ] { texts.append(DatabaseAnswerCopy.bytes(text)) }
        }
    }
    deinit { results?.deallocate() }

    /// Passes everything on; the results are the receiver's from here on.
    func deliver(
        _ body: (
            nself_status, nself_string, UnsafeMutablePointer<nself_db_result>?, UInt32,
            UnsafePointer<nself_db_error>?
        ) -> Void
    ) {
        DatabaseAnswerCopy.lend(message) { message in
            guard hasError else { return body(status, message, results, count, nil) }
            lendTexts(0) {
                withUnsafePointer(to: error) { body(status, message, results, count, $0) }
            }
        }
    }

    private func lendTexts(_ index: Int, _ body: () -> Void) {
        guard index < texts.count else { return body() }
        DatabaseAnswerCopy.lend(texts[index]) { text in
            switch index {
            case 0: error.sqlstate = text
            case 1: error.message = text
            case 2: error.detail = text
            case 3: error.hint = text
            case 4: error.schema = text
            case 5: error.table = text
            case 6: error.column = text
            default: error.constraint = text
            }
            lendTexts(index + 1, body)
        }
    }
    private static func bytes(_ text: nself_string) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: text.data, count: text.data == nil ? 0 : text.size))
    }
    private static func lend(_ bytes: [UInt8], _ body: (nself_string) -> Void) {
        bytes.withUnsafeBytes {
            body(
                nself_string(
                    data: $0.baseAddress?.assumingMemoryBound(to: CChar.self), size: $0.count))
        }
    }
}
