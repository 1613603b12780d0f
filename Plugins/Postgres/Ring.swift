/// A queue of objects with a fixed bound: taking from the front moves nothing. A class over plain
/// memory, so that nobody's exclusive access to it is checked at run time on the hot path.

final class Ring<Element: AnyObject> {
    private let items: UnsafeMutablePointer<Unmanaged<Element>>
    let capacity: Int
    private var head = 0
    private(set) var count = 0

    /// Rounded up to a power of two.
    init(capacity asked: Int) {
        var size = 1
        while size < asked { size *= 2 }
        capacity = size
        items = .allocate(capacity: size)
    }
    deinit {
        while removeFirst() != nil {}
        items.deallocate()
    }

    var isEmpty: Bool { count == 0 }
    var first: Element? { count == 0 ? nil : items[head].takeUnretainedValue() }

    /// `index` counts from the front.
    subscript(index: Int) -> Element? {
        index < count ? items[(head + index) & (capacity - 1)].takeUnretainedValue() : nil
    }

    /// False when it is full.
    func append(_ element: Element) -> Bool {
        guard count < capacity else { return false }
        items[(head + count) & (capacity - 1)] = .passRetained(element)
        count += 1
        return true
    }
    func removeFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = items[head].takeRetainedValue()
        head = (head + 1) & (capacity - 1)
        count -= 1
        return element
    }
    /// Takes out those for which `body` is true, in order.
    func remove(where body: (Element) -> Bool) -> [Element] {
        var taken: [Element] = []
        for _ in 0..<count {
            guard let element = removeFirst() else { break }
            if body(element) { taken.append(element) } else { _ = append(element) }
        }
        return taken
    }
}
