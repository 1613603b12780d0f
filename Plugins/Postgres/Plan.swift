/// How the connections are shared out among the loops.

struct Plan: Equatable {
    /// Loops with connections of their own; the others post their requests to one of these.
    var loops: Int
    /// Per loop.
    var pipelines: Int
    var sessions: Int

    /// At most `connectionsMax` in all, one of them for LISTEN where there is more than a few.
    init(_ configuration: Configuration, loopCount: Int) {
        let budget = max(
            configuration.connectionsMax - (configuration.connectionsMax > 3 ? 1 : 0), 1)
        pipelines = min(configuration.pipelinesPerLoop, budget)
        sessions = min(configuration.sessionsPerLoop, budget - pipelines)
        if sessions == 0, configuration.sessionsPerLoop > 0, pipelines > 1 {
            (pipelines, sessions) = (pipelines - 1, 1)
        }
        loops = min(loopCount, max(1, budget / (pipelines + sessions)))
    }

    /// The loop whose connections serve requests of loop `index`.
    func loop(for index: Int) -> Int { index < loops ? index : index % loops }
}
