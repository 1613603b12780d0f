/// The bytes of one answer, made when the plugin is configured and never changed.

import PluginAPI

struct Answer {
    private let bytes: UnsafeRawBufferPointer

    /// `{"message":` + a JSON string as it stands in the configuration + `}`.
    private init(_ token: UnsafeRawBufferPointer) {
        let head: StaticString = #"{"message":"#
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: head.utf8CodeUnitCount + token.count + 1, alignment: 1)
        memory.copyMemory(from: Text(head).bytes)
        UnsafeMutableRawBufferPointer(rebasing: memory[head.utf8CodeUnitCount...])
            .copyMemory(from: token)
        memory[memory.count - 1] = UInt8(ascii: "}")
        bytes = UnsafeRawBufferPointer(memory)
    }
    /// Nothing is owned: the host copies what it does not send at once.
    var borrowed: nself_buffer {
        nself_buffer(
            data: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), size: bytes.count,
            owner: nil, retain: nil, release: nil)
    }

    static func make(_ token: UnsafeRawBufferPointer) -> UnsafePointer<Answer> {
        let answer = UnsafeMutablePointer<Answer>.allocate(capacity: 1)
        answer.initialize(to: Answer(token))
        return UnsafePointer(answer)
    }
    static func free(_ answer: UnsafePointer<Answer>) {
        answer.pointee.bytes.deallocate()
        answer.deallocate()
    }
}

/// The configuration has one key and has been checked against the schema before, so its value
/// is taken over as it stands, quotes and escapes included: the answer is JSON too.
enum Greeting {
    static func token(in configuration: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let quote = UInt8(ascii: "\"")
        guard let colon = configuration.firstIndex(of: UInt8(ascii: ":")),
            let start = configuration[colon...].firstIndex(of: quote)
        else { return nil }
        var end = start + 1
        while end < configuration.count, configuration[end] != quote {
            end += configuration[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < configuration.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: configuration[start...end])
    }
}
