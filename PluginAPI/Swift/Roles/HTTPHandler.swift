/// Role nself.role.http_handler/1: answering requests to the instance's routes.

public protocol HTTPHandler: Plugin {
    /// Adds the routes; called after each configure(APPLY). [control]
    func routes(_ routes: Routes) throws(PluginError)
    /// Answers one request; the answer may come later and from any thread. [loop]
    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall)
}

nonisolated(unsafe) let httpHandlerTable: UnsafeMutablePointer<nself_http_handler> = {
    let table = UnsafeMutablePointer<nself_http_handler>.allocate(capacity: 1)
    table.initialize(to: nself_http_handler())
    table.pointee.struct_size = UInt32(MemoryLayout<nself_http_handler>.size)
    table.pointee.handle = { instance, request, body, call, done in
        guard let request, let body, let done, let handler = Instance.at(instance).httpHandler
        else { return }
        handler.handle(Request(request), Body(moving: body), HTTPCall(call, done))
    }
    return table
}()
