/// Memory for a number of values that is chosen once.
///
/// Reached without what an array checks at each change: whether it is shared. It never is, since it cannot be copied.
struct FixedMemory<Element>: ~Copyable {
    let count: Int
    private let base: UnsafeMutablePointer<Element>

    init(repeating value: Element, count: Int) {
        self.count = count
        base = .allocate(capacity: count)
        base.initialize(repeating: value, count: count)
    }

    init(_ values: [Element]) {
        count = values.count
        base = .allocate(capacity: count)
        for (position, value) in values.enumerated() { (base + position).initialize(to: value) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    var indices: Range<Int> { 0..<count }

    subscript(position: Int) -> Element {
        @inline(__always) unsafeAddress {
            precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "there is no such place")
            return UnsafePointer(base + position)
        }
        @inline(__always) unsafeMutableAddress {
            precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "there is no such place")
            return base + position
        }
    }

    /// A copy of the values, with more behind them.
    func grown(to count: Int, with value: Element) -> FixedMemory {
        var all = FixedMemory(repeating: value, count: max(count, self.count))
        for position in indices { all[position] = self[position] }
        return all
    }
}

extension FixedMemory: @unchecked Sendable where Element: Sendable {
    // Proof for `@unchecked Sendable`: it is the only owner of its memory, which goes from thread to thread with it.
}
