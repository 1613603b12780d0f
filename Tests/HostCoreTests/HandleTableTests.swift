/// Handles: late, double and invented ones meet nobody.

import HostCore
import Testing

private final class Thing {}

@Suite struct HandleTableTests {
    @Test("A handle finds its element until it is removed, and never again")
    func findsUntilRemoved() {
        let table = HandleTable<Thing>(tag: 3)
        let thing = Thing()
        let handle = table.insert(thing)
        #expect(table[handle] === thing)
        #expect(table.remove(handle) === thing)
        #expect(table[handle] == nil)
        #expect(table.remove(handle) == nil)
        #expect(table.count == 0)
    }

    @Test("A slot that is used again gives another handle, and the old one stays dead")
    func reuseGivesAnotherHandle() {
        let table = HandleTable<Thing>(tag: 0)
        let first = table.insert(Thing())
        _ = table.remove(first)
        let second = table.insert(Thing())
        #expect(first != second)
        #expect(table[first] == nil)
        #expect(table[second] != nil)
    }

    @Test("Zero, another loop's handle and random numbers find nothing")
    func inventedHandles() {
        let table = HandleTable<Thing>(tag: 1)
        let handle = table.insert(Thing())
        for invented in [0, handle ^ 1 << 24, handle + 1, handle ^ 1 << 40, .max] {
            #expect(table[invented] == nil)
        }
        #expect(HandleTable<Thing>.tag(of: handle) == 1)
    }

    @Test("A full table gives 0, and room again once something is removed")
    func bounded() {
        let table = HandleTable<Thing>(tag: 0, slotsMax: 2)
        let first = table.insert(Thing())
        _ = table.insert(Thing())
        #expect(table.insert(Thing()) == 0)
        _ = table.remove(first)
        #expect(table.insert(Thing()) != 0)
    }
}
