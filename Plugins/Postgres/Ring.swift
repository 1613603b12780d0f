/// A queue of objects with a fixed bound: taking from the front moves nothing.

struct Ring<Element: AnyObject> {
    private var items: [Element?]
    private var head = 0
    private(set) var count = 0

    init(capacity: Int) {
        var size = 1
        while size < capacity { size *= 2 }
        items = Array(repeating: nil, count: size)
    }
    var capacity: Int { items.count }
    var isEmpty: Bool { count == 0 }
    var isFull: Bool { count == items.count }
    var first: Element? { count == 0 ? nil : items[head] }

    /// `index` counts from the front.
    subscript(index: Int) -> Element? { items[(head + index) & (items.count - 1)] }

    /// False when it is full.
    mutating func append(_ element: Element) -> Bool {
        guard count < items.count else { return false }
        items[(head + count) & (items.count - 1)] = element
        count += 1
        return true
    }
    mutating func removeFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = items[head]
        items[head] = nil
        head = (head + 1) & (items.count - 1)
        count -= 1
        return element
    }
    /// Takes out those for which `body` is true, in order.
    mutating func remove(where body: (Element) -> Bool) -> [Element] {
        var taken: [Element] = []
        for _ in 0..<count {
            guard let element = removeFirst() else { break }
            if body(element) { taken.append(element) } else { _ = append(element) }
        }
        return taken
    }
}
