/// An HTTP request as the host lends it: valid until its call has been completed.

public struct Request {
    public let raw: UnsafePointer<nself_http_request>

    @inlinable public init(_ raw: UnsafePointer<nself_http_request>) { self.raw = raw }

    /// The number given to `Routes.add`.
    @inlinable public var route: UInt64 { raw.pointee.route }
    @inlinable public var method: Text { Text(raw.pointee.method) }
    /// Percent-encoded, without the query.
    @inlinable public var path: Text { Text(raw.pointee.path) }
    @inlinable public var query: Text { Text(raw.pointee.query) }
    @inlinable public var requestID: Text { Text(raw.pointee.request_id) }
    @inlinable public var remoteAddress: Text { Text(raw.pointee.remote_address) }

    /// The first header of that lower-case name.
    @inlinable public func header(_ name: StaticString) -> Text? {
        Request.first(raw.pointee.headers, name)
    }
    /// A capture of the route pattern, decoded.
    @inlinable public func parameter(_ name: StaticString) -> Text? {
        Request.first(raw.pointee.parameters, name)
    }

    @usableFromInline static func first(_ fields: nself_fields, _ name: StaticString) -> Text? {
        for index in 0..<fields.count where Text(fields.items[index].name) == name {
            return Text(fields.items[index].value)
        }
        return nil
    }
}
