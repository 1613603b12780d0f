/// Who writes a line for each request that has been answered.

public protocol AccessLogger: AnyObject {
    /// `exchange` is valid during the call; its route is Route.none when no route was found.
    /// `bytesSent`: head and body as queued; `duration`: nanoseconds from the arrival of the head
    /// to the last byte of the answer. [loop]
    func log(_ exchange: Exchange, status: UInt16, bytesSent: UInt64, duration: UInt64)
}
