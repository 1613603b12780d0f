/// Role nself.role.service/1: health and description of a service.

public protocol Service: Plugin {
    /// Succeed: healthy. Fail with UNAVAILABLE: no traffic please. Asked at intervals. [loop]
    func health(_ call: Call)
    /// An OpenAPI 3.1 document of the routes, or empty. Valid as long as the instance. [control]
    var openAPI: Text { get }
}

extension Service {
    public func health(_ call: Call) { call.succeed() }
    public var openAPI: Text { .empty }
}

nonisolated(unsafe) let serviceTable: UnsafeMutablePointer<nself_service> = {
    let table = UnsafeMutablePointer<nself_service>.allocate(capacity: 1)
    table.initialize(to: nself_service())
    table.pointee.struct_size = UInt32(MemoryLayout<nself_service>.size)
    table.pointee.health = { instance, call, done in
        guard let done, let service = Instance.at(instance).service else { return }
        service.health(Call(call, done))
    }
    table.pointee.openapi_json = { instance in
        let document = Instance.at(instance).service?.openAPI.bytes
        return nself_bytes(
            data: document?.baseAddress?.assumingMemoryBound(to: UInt8.self),
            size: document?.count ?? 0)
    }
    return table
}()
