/// Ending a sync group. libpq before 17 flushes its buffer with each PQpipelineSync; the later
/// PQsendPipelineSync leaves that to the end of the turn. It is used when libpq has it.

import Glibc
import Libpq

enum PipelineSync {
    private typealias Function = @convention(c) (OpaquePointer?) -> Int32

    private static let quiet: Function? = {
        guard let library = dlopen("libpq.so.5", RTLD_LAZY | RTLD_NOLOAD),
            let symbol = dlsym(library, "PQsendPipelineSync")
        else { return nil }
        return unsafeBitCast(symbol, to: Function.self)
    }()

    @inline(__always)
    static func send(_ connection: OpaquePointer?) -> Int32 {
        if let quiet { return quiet(connection) }
        return PQpipelineSync(connection)
    }
}
