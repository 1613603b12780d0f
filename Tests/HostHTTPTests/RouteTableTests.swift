/// Patterns, paths and which route a request meets (E6).

import CNself
import Testing

@testable import HostHTTP

@Suite("Routes")
struct RouteTableTests {
    /// "route a=b" of the match, "405 GET, HEAD", "404", or the refusal of the path.
    static func find(
        _ table: RouteTable, _ path: String, method: String = "GET", host: String = "x.test",
        admin: Bool = false
    ) -> String {
        let search = RouteSearch(path: RequestPath(segmentsMax: 8))
        let arena = RequestArena()
        var (path, method, host) = (path, method, host)
        return method.withUTF8 { method in
            path.withUTF8 { path in
                search.reset(
                    method: HTTPMethod(method.baseAddress!, method.count), method.baseAddress!,
                    method.count, isAdmin: admin)
                var classes: UInt8 = 0
                for byte in path { classes |= Characters.tables.classes[Int(byte)] }
                if let refusal = search.path.split(path.baseAddress!, path.count, classes, arena) {
                    return "\(refusal)"
                }
                return host.withUTF8 { host in
                    switch table.find(search, authority: host.baseAddress, host.count) {
                    case .none: return "404"
                    case .otherMethods: return "405 " + search.allowed.joined(separator: ", ")
                    case .route(let index):
                        let route = table.routes[index]
                        var found =
                            route.host.isEmpty ? route.template : "\(route.host)\(route.template)"
                        for place in 0..<search.captureCount {
                            let capture = search.captures[place]
                            let value = String(
                                decoding: UnsafeBufferPointer(
                                    start: capture.start, count: capture.count),
                                as: UTF8.self)
                            found += " \(text(route.captureNames[place]))=\(value)"
                        }
                        return found
                    }
                }
            }
        }
    }

    static let table: RouteTable = {
        do {
            return try RouteTable([
                Route(method: "GET", pattern: "/"), Route(pattern: "/echo"),
                Route(method: "GET", pattern: "/files/{bucket}/{key...}"),
                Route(method: "PUT", pattern: "/files/{bucket}/{key...}"),
                Route(method: "GET", pattern: "/files/{bucket}/list"),
                Route(method: "GET", pattern: "/users/{id}"),
                Route(method: "POST", pattern: "/users/me"),
                Route(method: "GET", pattern: "/users/{id}/posts"),
                Route(method: "GET", pattern: "/users/me/likes"),
                Route(method: "GET", pattern: "/secret", flags: .NSELF_ROUTE_INTERNAL),
                Route(method: "GET", pattern: "/", host: "API.x.test"),
                Route(method: "GET", pattern: "/v1", host: "api.x.test"),
                Route(method: "GET", pattern: "/", mount: "/metrics"),
                Route(method: "GET", pattern: "/x", mount: "/api"),
                Route(method: "FROB", pattern: "/odd"),
            ])
        } catch { preconditionFailure("\(error)") }
    }()

    @Test(
        "The path chooses the route, the most exact one first",
        arguments: [
            ("/", "/"), ("/echo", "/echo"), ("/echo/", "404"), ("/ECHO", "404"), ("/echox", "404"),
            ("/ech", "404"),
            ("/files/b/k", "/files/{bucket}/{key...} bucket=b key=k"),
            ("/files/b/k/l/m", "/files/{bucket}/{key...} bucket=b key=k/l/m"),
            ("/files/b/", "/files/{bucket}/{key...} bucket=b key="), ("/files/b", "404"),
            ("/files//k", "404"),
            ("/files/b/list", "/files/{bucket}/list bucket=b"),
            ("/files/b//k", "/files/{bucket}/{key...} bucket=b key=/k"),
            ("/users/7", "/users/{id} id=7"), ("/users/me", "/users/{id} id=me"),
            ("/users/me/posts", "/users/{id}/posts id=me"),
            ("/users/me/likes", "/users/me/likes"), ("/users/", "404"), ("/metrics", "/metrics"),
            ("/metrics/", "404"),
            ("/api/x", "/api/x"), ("/x", "404"), ("/secret", "404"), ("//echo", "404"),
            ("/a/b/c/d/e/f/g/h/i", "pathTooDeep"),
        ])
    func path(_ path: String, _ expected: String) {
        #expect(Self.find(Self.table, path) == expected)
    }

    @Test(
        "E9: paths are decoded and cleaned for routing, and nothing escapes",
        arguments: [
            ("/%65cho", "/echo"), ("/ech%6F", "/echo"), ("/a/../echo", "/echo"),
            ("/./echo", "/echo"), ("/a/b/../../echo", "/echo"),
            ("/echo/.", "404"), ("/echo/..", "/"), ("/echo/x/..", "404"), ("/echo%2e", "404"),
            ("/echo%20", "404"),
            ("/..", "pathLeavesRoot"), ("/../echo", "pathLeavesRoot"),
            ("/%2e%2e/echo", "pathLeavesRoot"), ("/a/../../echo", "pathLeavesRoot"),
            ("/x%2f..%2fecho", "pathLeavesRoot"), ("/..%5cetc", "pathLeavesRoot"),
            ("/x%2Fecho", "404"), ("/%2Fecho", "404"),
            ("/files/a%2Fb/k", "/files/{bucket}/{key...} bucket=a/b key=k"),
            ("/files/b/k%20l/%C3%A9", "/files/{bucket}/{key...} bucket=b key=k l/é"),
            ("/files/b/a.b/..c/...", "/files/{bucket}/{key...} bucket=b key=a.b/..c/..."),
            ("/files/b/x/../y", "/files/{bucket}/{key...} bucket=b key=y"),
            ("/..;/echo", "404"), ("/%252e%252e/echo", "404"),
            ("/%c0%ae%c0%ae/echo", "pathNotText"), ("/%ff", "pathNotText"),
            ("/%", "badPercentEncoding"), ("/%2", "badPercentEncoding"),
            ("/%zz", "badPercentEncoding"), ("/%u0041", "badPercentEncoding"),
            ("/echo%00", "nulInPath"), ("/%00", "nulInPath"),
        ])
    func decoded(_ path: String, _ expected: String) {
        #expect(Self.find(Self.table, path) == expected)
    }

    @Test(
        "The method chooses among routes of one path; 405 lists the others",
        arguments: [
            ("GET", "/files/b/k", "/files/{bucket}/{key...} bucket=b key=k"),
            ("HEAD", "/files/b/k", "/files/{bucket}/{key...} bucket=b key=k"),
            ("DELETE", "/files/b/k", "405 GET, HEAD, PUT"), ("POST", "/users/me", "/users/me"),
            ("POST", "/users/7", "405 GET, HEAD"),
            ("FOO", "/echo", "/echo"), ("get", "/users/7", "405 GET, HEAD"),
            ("FROB", "/odd", "/odd"), ("FROBX", "/odd", "405 FROB"),
            ("TRACE", "/echo", "405 GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
            ("DELETE", "/none", "404"), ("POST", "/secret", "404"),
        ])
    func method(_ method: String, _ path: String, _ expected: String) {
        #expect(Self.find(Self.table, path, method: method) == expected)
    }

    @Test("A host name has its own routes before those of every name")
    func host() {
        #expect(Self.find(Self.table, "/v1", host: "api.x.test") == "api.x.test/v1")
        #expect(Self.find(Self.table, "/v1", host: "Api.X.test:8080") == "api.x.test/v1")
        #expect(Self.find(Self.table, "/", host: "api.x.test") == "api.x.test/")
        #expect(Self.find(Self.table, "/echo", host: "api.x.test") == "/echo")
        #expect(Self.find(Self.table, "/v1", host: "x.test") == "404")
    }

    @Test("E19: internal routes exist on the admin listener only")
    func admin() {
        #expect(Self.find(Self.table, "/secret", admin: true) == "/secret")
        #expect(Self.find(Self.table, "/echo", admin: true) == "/echo")
    }

    @Test("Two routes for the same requests are refused, and the owners are named")
    func conflict() throws {
        let first = try Route(method: "GET", pattern: "/a/{x}", ownerName: "storage")
        let second = try Route(method: "GET", pattern: "/a/{y}", ownerName: "files")
        let error = #expect(throws: RouteError.self) { try RouteTable([first, second]) }
        #expect(error?.reason == .alreadyExists)
        #expect(error?.message == "files: route GET /a/{y} belongs to storage (/a/{x})")
        _ = try RouteTable([
            first, try Route(method: "POST", pattern: "/a/{y}"), try Route(pattern: "/a/{z}"),
        ])
    }

    @Test(
        "Patterns that make no sense are refused",
        arguments: [
            "a", "", "/{}", "/{a", "/a}", "/x{a}", "/{a...}/b", "/{a}/{a}", "/{...}", "/{a b}",
        ])
    func badPattern(_ pattern: String) {
        let error = #expect(throws: RouteError.self) { try Route(pattern: pattern) }
        #expect(error?.reason == .invalid)
    }

    @Test(
        "UTF-8 is checked strictly",
        arguments: [
            ([0x61], true), ([0xC3, 0xA9], true), ([0xE2, 0x82, 0xAC], true),
            ([0xF0, 0x9F, 0x98, 0x80], true),
            ([0xC0, 0xAE], false), ([0xE0, 0x80, 0x80], false), ([0xED, 0xA0, 0x80], false),
            ([0xF4, 0x90, 0x80, 0x80], false),
            ([0xC3], false), ([0xE2, 0x82], false), ([0x80], false), ([0xE2, 0x28, 0xA1], false),
            ([0xF8, 0x88, 0x80, 0x80, 0x80], false),
        ] as [([UInt8], Bool)])
    func utf8(_ bytes: [UInt8], _ isValid: Bool) {
        #expect(isUTF8(bytes, bytes.count) == isValid)
    }
}
