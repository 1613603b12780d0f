/// The order in which instances start: whoever serves something comes before those who use it.
public enum DependencyOrder {
    /// One instance and those it waits for.
    public struct Node: Sendable, Equatable {
        public let name: String
        public let needs: [Need]

        public init(name: String, needs: [Need]) {
            self.name = name
            self.needs = needs
        }
    }

    public struct Need: Sendable, Equatable {
        public let name: String
        /// It starts first where that is possible; a circle through it is broken here.
        public let optional: Bool
        /// What is used, for messages: "nself.host.database/1"
        public let interface: String

        public init(name: String, optional: Bool, interface: String) {
            self.name = name
            self.optional = optional
            self.interface = interface
        }
    }

    public struct Step: Sendable, Equatable {
        public let name: String
        /// Those of its needs that come before it.
        public let after: [String]
    }

    /// A circle of needs that are not optional, in the order of waiting; each waits for the next
    /// and the last for the first.
    public struct Cycle: Error, Equatable, CustomStringConvertible {
        public let links: [(name: String, interface: String)]

        public var names: [String] { links.map(\.name) }

        public static func == (a: Cycle, b: Cycle) -> Bool {
            a.links.elementsEqual(b.links) { $0 == $1 }
        }

        public var description: String {
            let waits = links.enumerated().map { index, link in
                "\(link.name) uses \(link.interface) of \(links[(index + 1) % links.count].name)"
            }
            return waits.joined(separator: ", ")
        }
    }

    /// Keeps the given order where needs do not ask for another. Needs of instances that are not
    /// in `nodes` are passed over.
    public static func sort(_ nodes: [Node]) throws(Cycle) -> [Step] {
        let present = Set(nodes.map(\.name))
        var waiting = nodes.map { node in
            Node(
                name: node.name,
                needs: node.needs.filter { present.contains($0.name) && $0.name != node.name })
        }
        var started: Set<String> = []
        var steps: [Step] = []
        while !waiting.isEmpty {
            let index =
                waiting.firstIndex { $0.needs.allSatisfy { started.contains($0.name) } }
                ?? waiting.firstIndex {
                    $0.needs.allSatisfy { $0.optional || started.contains($0.name) }
                }
            guard let index else { throw cycle(in: waiting, started) }
            let node = waiting.remove(at: index)
            var after: [String] = []
            for need in node.needs where started.contains(need.name) && !after.contains(need.name) {
                after.append(need.name)
            }
            steps.append(Step(name: node.name, after: after))
            started.insert(node.name)
        }
        return steps
    }

    /// Every node has a need that is not optional and not met: following these must come back.
    private static func cycle(in waiting: [Node], _ started: Set<String>) -> Cycle {
        var needs: [String: Need] = [:]
        for node in waiting {
            needs[node.name] = node.needs.first { !$0.optional && !started.contains($0.name) }
        }
        var walk: [(name: String, interface: String)] = []
        var current = waiting[0].name
        while let need = needs[current] {
            if let start = walk.firstIndex(where: { $0.name == current }) {
                return Cycle(links: Array(walk[start...]))
            }
            walk.append((current, need.interface))
            current = need.name
        }
        return Cycle(links: walk)
    }
}

extension DependencyOrder {
    /// Interfaces whose calls go to the instance that a provider setting names.
    private static let brokered = ResolvedConfig.Providers.roles
    /// Interfaces whose calls go to the instances that the grant names.
    private static let targeted = ["objects", "functions"]

    /// What each loadable instance waits for, from its uses, its grants and the providers.
    public static func nodes(of config: ResolvedConfig) -> [Node] {
        let instances = config.instances.filter(\.isLoadable)
        return instances.map { instance in
            Node(
                name: instance.name, needs: needs(of: instance, among: instances, config.providers))
        }
    }

    private static func needs(
        of instance: ResolvedConfig.Instance, among instances: [ResolvedConfig.Instance],
        _ providers: ResolvedConfig.Providers
    ) -> [Need] {
        guard let manifest = instance.manifest else { return [] }
        var needs: [Need] = []
        for use in manifest.uses {
            let interface = HostInterface.shortName(use.id)
            guard let grant = instance.grant(interface) else { continue }
            if brokered.contains(interface),
                let provider = instance.providers[interface] ?? providers[interface]
            {
                needs.append(Need(name: provider, optional: use.optional, interface: use.id))
            } else if targeted.contains(interface) {
                for other in instances
                where grant.allows(other.name)
                    && other.manifest?.hasRole("nself.role.\(interface)/1") == true
                {
                    needs.append(Need(name: other.name, optional: use.optional, interface: use.id))
                }
            }
        }
        for use in manifest.requires {
            for other in instances where other.manifest?.provides.contains(use.id) == true {
                needs.append(Need(name: other.name, optional: use.optional, interface: use.id))
            }
        }
        return needs
    }
}
