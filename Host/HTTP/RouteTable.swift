/// Method, host and path → route. Immutable: a change is a new table, swapped by one assignment.

import Glibc

/// [any] to build, [loop] to match; shared by all loops.
public final class RouteTable: @unchecked Sendable {  // written only by init
    public let routes: [Route]
    private let anyHost: RouteNode
    private let hosts: [(name: [UInt8], root: RouteNode)]

    public static let empty = RouteTable()
    private init() {
        routes = []
        anyHost = RouteNode()
        hosts = []
    }

    /// Throws alreadyExists when two routes answer the same requests, and names their owners.
    public init(_ routes: [Route]) throws(RouteError) {
        self.routes = routes
        anyHost = RouteNode()
        var roots: [String: RouteNode] = [:]
        for (index, route) in routes.enumerated() {
            var root = anyHost
            if !route.host.isEmpty {
                root = roots[route.host] ?? RouteNode()
                roots[route.host] = root
            }
            try root.insert(route, Int32(index))
        }
        hosts = roots.map { (Array($0.key.utf8), $0.value) }
        anyHost.seal()
        for (_, root) in hosts { root.seal() }
    }

    /// What a search found.
    enum Outcome {
        case route(Int)
        /// Some route has this path, with other methods.
        case otherMethods
        case none
    }

    /// [loop] hot. The route for the request, its captures in search.captures.
    func find(_ search: RouteSearch, authority: UnsafePointer<UInt8>?, _ authorityCount: Int)
        -> Outcome
    {
        if !hosts.isEmpty, let authority {
            let count = Authority.hostCount(authority, authorityCount)
            for host in hosts where host.name.count == count {
                guard matches(host.name, authority) else { continue }
                let index = host.root.find(search, 0)
                if index >= 0 { return .route(Int(index)) }
                break
            }
        }
        let index = anyHost.find(search, 0)
        if index >= 0 { return .route(Int(index)) }
        return search.sawPath ? .otherMethods : .none
    }

    private func matches(_ name: [UInt8], _ bytes: UnsafePointer<UInt8>) -> Bool {
        for index in 0..<name.count {
            let byte = bytes[index]
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            if lower != name[index] { return false }
        }
        return true
    }
}

/// [loop] One search: what is looked for, and what was captured on the way.
final class RouteSearch {
    let path: RequestPath
    var method = HTTPMethod.get
    var methodName: UnsafePointer<UInt8>?
    var methodNameCount = 0
    /// INTERNAL routes exist only on the admin listener.
    var isAdmin = false
    let captures: UnsafeMutablePointer<PathSegment>
    var captureCount = 0
    /// A route has this path but not this method; then `allowed` has the methods.
    var sawPath = false
    var allowed: [String] = []

    init(path: RequestPath) {
        self.path = path
        captures = .allocate(capacity: RoutePattern.capturesMax)
    }
    deinit { captures.deallocate() }

    @inline(__always)
    func reset(method: HTTPMethod, _ name: UnsafePointer<UInt8>, _ nameCount: Int, isAdmin: Bool) {
        self.method = method
        methodName = name
        methodNameCount = nameCount
        self.isAdmin = isAdmin
        captureCount = 0
        if sawPath {
            sawPath = false
            allowed.removeAll(keepingCapacity: true)
        }
    }
}

/// A place in the tree of segments.
final class RouteNode {
    private struct Entry {
        let route: Route
        let index: Int32
    }
    private var texts: [(text: [UInt8], node: RouteNode)] = []
    private var capture: RouteNode?
    private var rest: RouteNode?
    private var entries: [Entry] = []

    // The same, for searching without counting references.
    private struct Child {
        let text: UnsafeMutablePointer<UInt8>
        let count: Int
        let node: Unmanaged<RouteNode>
    }
    private struct Target {
        let method: HTTPMethod?
        let isInternal: Bool
        let index: Int32
    }
    private var children = UnsafeMutableBufferPointer<Child>(start: nil, count: 0)
    private var targets = UnsafeMutableBufferPointer<Target>(start: nil, count: 0)
    private var captureChild: Unmanaged<RouteNode>?
    private var restChild: Unmanaged<RouteNode>?

    deinit {
        for child in children { child.text.deallocate() }
        children.deallocate()
        targets.deallocate()
    }

    // MARK: building

    func insert(_ route: Route, _ index: Int32) throws(RouteError) {
        var node = self
        for segment in route.parsed.segments {
            switch segment {
            case .text(let text):
                let bytes = Array(text.utf8)
                if let known = node.texts.first(where: { $0.text == bytes }) {
                    node = known.node
                } else {
                    let made = RouteNode()
                    node.texts.append((bytes, made))
                    node = made
                }
            case .capture:
                let next = node.capture ?? RouteNode()
                node.capture = next
                node = next
            case .rest:
                let next = node.rest ?? RouteNode()
                node.rest = next
                node = next
            }
        }
        if let other = node.entries.first(where: { $0.route.method == route.method })?.route {
            let method = route.method.isEmpty ? "any method" : route.method
            let place = route.host.isEmpty ? "" : " on \(route.host)"
            throw RouteError(
                .alreadyExists,
                "\(route.ownerName): route \(method) \(route.template)\(place) belongs to \(other.ownerName) (\(other.template))"
            )
        }
        node.entries.append(Entry(route: route, index: index))
    }

    /// Lays the node out for searching; nothing can be inserted after it.
    func seal() {
        children = .allocate(capacity: texts.count)
        for (place, child) in texts.enumerated() {
            let text = UnsafeMutablePointer<UInt8>.allocate(capacity: max(child.text.count, 1))
            text.initialize(from: child.text, count: child.text.count)
            children.initializeElement(
                at: place,
                to: Child(
                    text: text, count: child.text.count, node: .passUnretained(child.node)))
            child.node.seal()
        }
        targets = .allocate(capacity: entries.count)
        for (place, entry) in entries.enumerated() {
            targets.initializeElement(
                at: place,
                to: Target(
                    method: entry.route.methodCode, isInternal: entry.route.isInternal,
                    index: entry.index))
        }
        captureChild = capture.map { .passUnretained($0) }
        restChild = rest.map { .passUnretained($0) }
        capture?.seal()
        rest?.seal()
    }

    // MARK: searching

    /// [loop] hot. Text before capture before rest; when the more exact way leads nowhere, the
    /// next one is tried. -1: nothing.
    func find(_ search: RouteSearch, _ depth: Int) -> Int32 {
        if depth == search.path.count { return target(search) }
        let segment = search.path.segments[depth]
        for child in children where child.count == segment.count {
            if memcmp(child.text, segment.start, segment.count) == 0 {
                let found = child.node._withUnsafeGuaranteedRef { $0.find(search, depth + 1) }
                if found >= 0 { return found }
                break
            }
        }
        if let captureChild, segment.count > 0 {
            let place = search.captureCount
            search.captures[place] = segment
            search.captureCount = place + 1
            let found = captureChild._withUnsafeGuaranteedRef { $0.find(search, depth + 1) }
            if found >= 0 { return found }
            search.captureCount = place
        }
        if let restChild {
            let place = search.captureCount
            search.captures[place] = search.path.rest(depth)
            search.captureCount = place + 1
            let found = restChild._withUnsafeGuaranteedRef { $0.target(search) }
            if found >= 0 { return found }
            search.captureCount = place
        }
        return -1
    }

    /// The route of this place with the wanted method; GET serves HEAD too.
    private func target(_ search: RouteSearch) -> Int32 {
        var fallback: Int32 = -1
        for target in targets where !target.isInternal || search.isAdmin {
            guard let method = target.method else {
                if fallback < 0 { fallback = target.index }
                continue
            }
            if method == search.method {
                if method != .other || namesMethod(target.index, search) { return target.index }
            }
        }
        if search.method == .head {
            for target in targets
            where target.method == .get && (!target.isInternal || search.isAdmin) {
                return target.index
            }
        }
        // TRACE would echo what the client's other software added, cookies included.
        if fallback >= 0, search.method != .trace { return fallback }
        noteAllowed(search)
        return -1
    }

    private func namesMethod(_ index: Int32, _ search: RouteSearch) -> Bool {
        guard let route = entries.first(where: { $0.index == index })?.route else { return false }
        return route.method.utf8.elementsEqual(
            UnsafeBufferPointer(start: search.methodName, count: search.methodNameCount))
    }

    private func noteAllowed(_ search: RouteSearch) {
        for entry in entries where !entry.route.isInternal || search.isAdmin {
            search.sawPath = true
            let methods =
                entry.route.method.isEmpty
                ? ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
                : entry.route.method == "GET" ? ["GET", "HEAD"] : [entry.route.method]
            for method in methods where !search.allowed.contains(method) {
                search.allowed.append(method)
            }
        }
    }
}
