/// GET /greet/{name} says hello to somebody.
import PluginAPI

final class Greeter: HTTPHandler {
    static let id: StaticString = "dev.example.greeter"
    static let version: StaticString = "1.0.0"
    init(host: Host) {}
    func routes(_ routes: Routes) throws(PluginError) { try routes.add("GET", "/greet/{name}") }
    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        call.respond(text: "hello, \(request.parameter("name").map { String($0) } ?? "you")\n")
    }
}
@implementation @c
public func nself_plugin_query(_ version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Greeter.self, for: version)
}
