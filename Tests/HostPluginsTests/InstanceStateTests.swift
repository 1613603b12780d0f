/// The life of an instance as a value: every order of events that may happen, and some that may not.

import HostPlugins
import Testing

@Suite struct InstanceStateTests {
    private func after(_ events: InstanceState.Event...) -> (InstanceState, InstanceState.Action) {
        var state = InstanceState()
        var action = InstanceState.Action.none
        for event in events { action = state.apply(event) }
        return (state, action)
    }

    @Test("A plugin that starts and stops in order passes every state once")
    func orderlyLife() {
        var state = InstanceState()
        #expect(state.apply(.created) == .configure)
        #expect(state.apply(.configured) == .start)
        #expect(state.apply(.startCalled) == .none)
        #expect(state.apply(.startCompleted) == .route)
        #expect(state.name == "running")
        #expect(state.apply(.drainCalled) == .unroute)
        #expect(state.apply(.drainCompleted) == .stop)
        #expect(state.apply(.stopCalled) == .none)
        #expect(state.apply(.stopCompleted) == .destroy)
        #expect(state.name == "stopped")
    }

    @Test("A refused file was never created: there is nothing to destroy")
    func refused() {
        let (state, action) = after(.refused("it is not an ELF file"))
        #expect(action == .none)
        #expect(state.name == "rejected")
        #expect(state.reason == "it is not an ELF file")
    }

    @Test("A step that fails after create leads to destroy, in each state before running")
    func failedSteps() {
        for events: [InstanceState.Event] in [
            [.created], [.created, .configured], [.created, .configured, .startCalled],
        ] {
            var state = InstanceState()
            for event in events { _ = state.apply(event) }
            #expect(state.apply(.stepFailed("no")) == .destroy)
            #expect(state.name == "failed")
        }
    }

    @Test("A reload that is refused changes nothing: the old configuration goes on")
    func refusedReload() {
        let (state, action) = after(
            .created, .configured, .startCalled, .startCompleted, .stepFailed("bad value"))
        #expect(action == .none)
        #expect(state.name == "running")
    }

    @Test("A step that does not answer leaves the instance stuck, never destroyed")
    func stuck() {
        let (state, action) = after(
            .created, .configured, .startCalled, .stepTimedOut("start did not complete"))
        #expect(action == .unroute)
        #expect(state.name == "stuck")
        let (stopping, next) = after(
            .created, .configured, .startCalled, .startCompleted, .stopCalled,
            .stepTimedOut("stop did not complete"))
        #expect(next == .unroute)
        #expect(stopping.name == "stuck")
    }

    @Test("A swap that is called off after the drain routes again")
    func resume() {
        let (state, action) = after(
            .created, .configured, .startCalled, .startCompleted, .drainCalled, .resumed)
        #expect(action == .route)
        #expect(state.name == "running")
    }

    @Test("A completion out of order is named as a violation and changes nothing")
    func violations() {
        var state = InstanceState()
        guard case .violation = state.apply(.startCompleted) else {
            Issue.record("start completed before it was called")
            return
        }
        #expect(state.name == "found")
    }
}
