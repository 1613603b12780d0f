/// The smallest service in Swift: GET /hello answers {"message": the configured greeting}.

import PluginAPI
import Synchronization

final class Hello: HTTPHandler {
    static let id: StaticString = "dev.nself.hello"
    static let version: StaticString = "0.1.0"
    static let concurrency = nself_concurrency.NSELF_CONCURRENCY_PARALLEL

    /// What every loop answers with. A reload stores another one while loops read it.
    private let current: Atomic<UnsafePointer<Answer>>
    /// Answers of all configurations: a loop may still be sending an old one, so they stay
    /// until the instance is destroyed. [control]
    private var answers: [UnsafePointer<Answer>]

    init(host: Host) {
        let standard = Answer.make(Text(#""hello""#).bytes)
        current = Atomic(standard)
        answers = [standard]
    }
    deinit { for answer in answers { Answer.free(answer) } }

    func configure(_ mode: nself_configure_mode, _ configuration: UnsafeRawBufferPointer) {
        guard mode == .NSELF_CONFIGURE_APPLY, let greeting = Greeting.token(in: configuration)
        else { return }
        let answer = Answer.make(greeting)
        answers.append(answer)
        current.store(answer, ordering: .releasing)
    }

    func routes(_ routes: Routes) throws(PluginError) {
        try routes.add("GET", "/hello")
    }

    /// [loop] hot
    func handle(_ request: Request, _ body: consuming Body, _ call: HTTPCall) {
        let answer = current.load(ordering: .acquiring)
        call.respond(200, "application/json", answer.pointee.borrowed)
    }
}

@implementation @c
public func nself_plugin_query(_ host_abi_version: UInt32) -> UnsafePointer<nself_plugin>! {
    export(Hello.self, for: host_abi_version)
}
