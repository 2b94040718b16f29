/// Devices and cables by number, with what lies next to what.
struct Wires: Sendable {
    /// Devices are 0 ..< count.
    let count: Int
    /// The two devices of each cable: that of its end `a` at twice its number, that of `b` behind it.
    let ends: [Int32]
    private let offsets: [Int32]
    /// For each device one after another: the near end of each of its cables, as a number in `ends`.
    private let nearEnds: [Int32]

    init(count: Int, ends: [(a: Int, b: Int)]) {
        self.count = count
        var flat: [Int32] = []
        flat.reserveCapacity(ends.count * 2)
        var offsets = [Int32](repeating: 0, count: count + 1)
        for (a, b) in ends {
            flat.append(Int32(a))
            flat.append(Int32(b))
            offsets[a + 1] += 1
            offsets[b + 1] += 1
        }
        for node in 0..<count { offsets[node + 1] += offsets[node] }
        var next = offsets
        var nearEnds = [Int32](repeating: 0, count: flat.count)
        for (end, node) in flat.enumerated() {
            nearEnds[Int(next[Int(node)])] = Int32(end)
            next[Int(node)] += 1
        }
        (self.ends, self.offsets, self.nearEnds) = (flat, offsets, nearEnds)
    }

    var cableCount: Int { ends.count / 2 }

    /// Places of a device's cables, for `nearEnd(_:)`.
    func places(of node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }

    /// The near end of the cable at a place.
    func nearEnd(_ place: Int) -> Int { Int(nearEnds[place]) }

    /// The device at an end of a cable.
    func node(_ end: Int) -> Int { Int(ends[end]) }

    /// The device at the far end of the cable at a place.
    func neighbour(_ place: Int) -> Int { Int(ends[Int(nearEnds[place]) ^ 1]) }

    func degree(of node: Int) -> Int { Int(offsets[node + 1] - offsets[node]) }
}

/// One shortest way to each device while everything works: from the poller's place, in parts of the network without it
/// from the device with the most cables.
struct StaticWays: Sendable {
    /// The connected part each device is in, by the first device of it.
    private(set) var part: [Int32]
    /// The device before each on its way; -1 for the first.
    private(set) var before: [Int32]
    /// Cables from the first device.
    private(set) var distance: [Int32]

    init(_ wires: Wires, place: Int?) {
        part = [Int32](repeating: -1, count: wires.count)
        before = part
        distance = part
        for start in 0..<wires.count where part[start] < 0 {
            let members = flood(wires, from: start)
            let busiest = members.max { (wires.degree(of: $0), $1) < (wires.degree(of: $1), $0) } ?? start
            let first = place.flatMap { part[$0] == part[start] ? $0 : nil } ?? busiest
            measure(wires, from: first)
        }
    }

    /// The devices from the first one to this one.
    func nodes(to node: Int) -> [Int] {
        var nodes = [node]
        var last = node
        while before[last] >= 0 {
            last = Int(before[last])
            nodes.append(last)
        }
        return nodes.reversed()
    }

    private mutating func flood(_ wires: Wires, from start: Int) -> [Int] {
        var members = [start]
        part[start] = Int32(start)
        var head = 0
        while head < members.count {
            for place in wires.places(of: members[head]) where part[wires.neighbour(place)] < 0 {
                part[wires.neighbour(place)] = Int32(start)
                members.append(wires.neighbour(place))
            }
            head += 1
        }
        return members
    }

    private mutating func measure(_ wires: Wires, from first: Int) {
        distance[first] = 0
        var queue = [first]
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for place in wires.places(of: node) where distance[wires.neighbour(place)] < 0 {
                let next = wires.neighbour(place)
                (distance[next], before[next]) = (distance[node] + 1, Int32(node))
                queue.append(next)
            }
        }
    }
}
