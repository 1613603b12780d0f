/// Why a control call failed: a status and a sentence, written into the caller's nself_error.

public struct PluginError: Error, Sendable {
    public let status: nself_status
    public let message: String

    public init(_ status: nself_status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// Writes the message, cut at the last whole character, and returns the status.
    func write(to error: UnsafeMutablePointer<nself_error>?) -> nself_status {
        guard let error else { return status }
        error.pointee.status = status
        var text = message
        text.withUTF8 { utf8 in
            withUnsafeMutableBytes(of: &error.pointee.message) { room in
                var size = min(utf8.count, room.count)
                while size > 0, size < utf8.count, utf8[size] & 0xC0 == 0x80 { size -= 1 }
                room.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[..<size]))
                error.pointee.message_size = UInt32(size)
            }
        }
        return status
    }
}
