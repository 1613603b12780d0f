/// LISTEN and NOTIFY through the provider.

import PluginAPI
import TestKit
import Testing

@testable import PluginPostgres

@Suite("Listen")
struct ListenTests {
    private func channel() -> String { "channel \"\(UInt32.random(in: 0 ... .max))\" ä" }
    private func notify(_ server: TestServer, _ channel: String, _ payload: String) throws {
        try server.run("select pg_notify('\(channel)', '\(payload)')")
    }

    @Test("LISTENING comes first, then each notification with its payload, to each subscription")
    func hears() throws {
        let setup = try Setup()
        let name = channel()
        let first = setup.database.listen(name)
        #expect(setup.host.run { first.notices == [.listening] })
        let second = setup.database.listen(name)
        #expect(setup.host.run { second.notices == [.listening] })
        try notify(.shared, name, "one")
        try notify(.shared, name, "")
        let expected: [FakeDatabase.Notice] = [
            .listening, .message(channel: name, payload: "one"),
            .message(channel: name, payload: ""),
        ]
        #expect(setup.host.run { first.notices == expected && second.notices == expected })
    }

    @Test("A notification from a request of one's own arrives with its commit")
    func own() throws {
        let setup = try Setup()
        let subscription = setup.database.listen("own_channel")
        #expect(setup.host.run { subscription.notices == [.listening] })
        #expect(setup.database.execute("select pg_notify('own_channel', 'x')").isOK)
        #expect(setup.host.run { subscription.notices.count == 2 })
    }

    @Test("After unlisten nothing but ENDED is heard; the others go on")
    func unlisten() throws {
        let setup = try Setup()
        let name = channel()
        let (first, second) = (setup.database.listen(name), setup.database.listen(name))
        #expect(setup.host.run { first.notices.count == 1 && second.notices.count == 1 })
        setup.database.unlisten(first)
        try notify(.shared, name, "later")
        #expect(setup.host.run { second.notices.count == 2 })
        #expect(first.notices == [.listening, .ended])
        setup.database.unlisten(second)
        let again = setup.database.listen(name)
        #expect(setup.host.run { again.notices == [.listening] })
        try notify(.shared, name, "again")
        #expect(setup.host.run { again.notices.count == 2 })
        #expect(second.notices.last == .ended)
    }

    @Test(
        "When its connection is lost LISTENING comes once more, and from then on nothing is missed")
    func reconnects() throws {
        let server = try TestServer()
        let setup = try Setup(server)
        let name = channel()
        let subscription = setup.database.listen(name)
        #expect(setup.host.run { subscription.notices == [.listening] })
        try server.run(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'")
        #expect(setup.host.run { subscription.notices == [.listening, .listening] })
        try notify(server, name, "after")
        #expect(
            setup.host.run {
                subscription.notices.last == .message(channel: name, payload: "after")
            })
        server.stop()
    }

    @Test("A name that cannot be, and a pooler in transaction mode, end the subscription at once")
    func refused() throws {
        let setup = try Setup()
        #expect(setup.database.listen("").notices == [.ended])
        #expect(setup.database.listen(String(repeating: "x", count: 64)).notices == [.ended])
        let pooled = try Setup(.shared, #""pooler":"transaction""#)
        #expect(pooled.database.listen("x").notices == [.ended])
        #expect(pooled.host.logged("pooler"))
    }

    @Test("Stopping ends every subscription")
    func stop() throws {
        let setup = try Setup()
        let subscription = setup.database.listen(channel())
        #expect(setup.host.run { subscription.notices == [.listening] })
        #expect(setup.postgres.stop() == nil)
        #expect(subscription.notices == [.listening, .ended])
    }
}
