/// The answers that are made at once: /echo, /big, /setheader.

import PluginAPI

enum Answers {
    /// {"method","target","headers":[[name,value],...],"body","body_length"}; bytes of the body
    /// beyond ASCII appear as Latin-1.
    static func echo(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        let bytes = body.bytes
        var json = JSONWriter(capacity: 512 + bytes.count + bytes.count / 8)
        json.write(#"{"method":"#)
        write(request.method, &json)
        json.write(#","target":""#)
        escape(request.path, &json)
        if !request.query.isEmpty {
            json.write("?")
            escape(request.query, &json)
        }
        json.write(#"","headers":["#)
        let headers = request.raw.pointee.headers
        for index in 0..<headers.count {
            json.write(index == 0 ? "[" : ",[")
            write(Text(headers.items[index].name), &json)
            json.write(",")
            write(Text(headers.items[index].value), &json)
            json.write("]")
        }
        json.write(#"],"body":""#)
        escape(bytes, &json)
        json.write(#"","body_length":"#)
        json.write(Int64(bytes.count))
        json.write("}")
        call.respond(200, "application/json", json.finish())
    }

    private static func write(_ text: Text, _ json: inout JSONWriter) {
        json.write("\"")
        escape(text, &json)
        json.write("\"")
    }
    private static func escape(_ text: Text, _ json: inout JSONWriter) { escape(text.bytes, &json) }
    /// Header values and bodies are bytes; JSON is text: each byte becomes one character.
    private static func escape(_ bytes: UnsafeRawBufferPointer, _ json: inout JSONWriter) {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var start = 0
        for index in 0..<bytes.count where base[index] >= 0x80 {
            json.writeEscaped(base + start, index - start)
            json.write(byte: 0xC0 | base[index] >> 6)
            json.write(byte: 0x80 | base[index] & 0x3F)
            start = index + 1
        }
        json.writeEscaped(base + start, bytes.count - start)
    }

    /// A JSON array of at least `n` bytes that compresses well.
    static func big(_ request: Request, _ call: HTTPCall) {
        let wanted = Query.number(request, "n", most: 64 << 20)
        var json = JSONWriter(capacity: wanted + 128)
        json.write("[")
        var line: Int64 = 0
        while json.count < wanted {
            json.write(line == 0 ? #"{"line":"# : #",{"line":"#)
            json.write(line)
            json.write(#","text":"a line of a compressible answer"}"#)
            line += 1
        }
        json.write("]")
        call.respond(200, "application/json", json.finish())
    }

    /// Sets X-Echo to the decoded value, whatever it is: the host refuses what would split the
    /// answer.
    static func setHeader(_ request: Request, _ call: HTTPCall) {
        let value = Query.text(request, "value")
        value.withUnsafeBytes { value in
            withUnsafeTemporaryAllocation(of: nself_field.self, capacity: 2) { fields in
                fields[0] = nself_field(
                    name: Text("content-type").raw, value: Text("application/json").raw)
                fields[1] = nself_field(name: Text("x-echo").raw, value: Text(value).raw)
                call.respond(
                    200, nself_fields(items: UnsafePointer(fields.baseAddress), count: 2),
                    nself_body_of(.immortal(#"{"set":true}"#)))
            }
        }
    }
}
