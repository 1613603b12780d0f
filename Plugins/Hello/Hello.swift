/// The smallest service in Swift: GET /hello.

import PluginAPI

final class Hello: HTTPHandler {
    static let id: StaticString = "dev.nself.hello"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    init(host: Host) {}

    func routes(_ routes: Routes) throws(PluginError) {
        try routes.add("GET", "/hello")
    }

    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        call.respond(200, "application/json", .immortal(#"{"message":"hello"}"#))
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Hello.self, for: host_abi_version)
}
