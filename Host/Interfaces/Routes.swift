/// nself.host.routes/1: staging the routes of an instance while it is configured.

import CNself
import HostCore
import HostPlugins

enum RoutesInterface {
    // Set once, before any plugin is loaded.
    nonisolated(unsafe) private static var check: @Sendable (StagedRoute) -> String? = { _ in nil }

    static func table(_ check: @escaping @Sendable (StagedRoute) -> String?) -> UnsafeRawPointer {
        RoutesInterface.check = check
        return makeTable(nself_host_routes.self, nself_host_routes()) { table in
            table.pointee.add = { host, route, error in
                guard let route else {
                    return fail(error, .NSELF_STATUS_INVALID_ARGUMENT, "routes->add got no route")
                }
                return RoutesInterface.add(Generation.of(host), route.pointee, error)
            }
        }
    }

    /// [control]
    private static func add(
        _ generation: Generation, _ route: nself_route, _ error: UnsafeMutablePointer<nself_error>?
    ) -> nself_status {
        guard generation.staging != nil else {
            return fail(
                error, .NSELF_STATUS_FAILED_PRECONDITION,
                "routes->add was called outside configure(APPLY); add all routes there")
        }
        let staged = StagedRoute(
            method: String(borrowed: route.method), pattern: String(borrowed: route.pattern),
            number: route.number, bodyMax: route.body_max, timeout: route.timeout,
            ratePolicy: String(borrowed: route.rate_policy), flags: route.flags)
        guard staged.pattern.hasPrefix("/") else {
            return fail(
                error, .NSELF_STATUS_INVALID_ARGUMENT,
                "the pattern \"\(staged.pattern)\" does not begin with a slash; write \"/\(staged.pattern)\""
            )
        }
        if let problem = check(staged) {
            return fail(error, .NSELF_STATUS_INVALID_ARGUMENT, problem)
        }
        if let same = generation.staging?.first(where: {
            $0.pattern == staged.pattern && $0.method == staged.method
        }) {
            return fail(
                error, .NSELF_STATUS_ALREADY_EXISTS,
                "\(generation.config.name) has added \(same.method.isEmpty ? "any method" : same.method) \(same.pattern) already"
            )
        }
        generation.staging?.append(staged)
        return .NSELF_STATUS_OK
    }
}
