import GRDB
import Inventory
import Series
import Traffic

/// What blocks hold, of one interface, in the order of time: readings, or hours.
protocol BlockItem: Hashable, Sendable {
    static var kind: BlockFileName.Kind { get }
    /// How many a block has at most.
    static var countMax: Int { get }
    /// One of each time is kept.
    var time: Timestamp { get }

    static func encode(_ items: [Self]) -> [UInt8]
    /// Adds what is in a block; throws where it is damaged, and adds nothing then.
    static func decode(_ octets: UnsafeRawBufferPointer, into items: inout [Self]) throws
}

extension CounterReading: BlockItem {
    static var kind: BlockFileName.Kind { .readings }
    static var countMax: Int { ReadingBlock.readingsMax }
    var time: Timestamp { at }

    static func encode(_ items: [CounterReading]) -> [UInt8] { ReadingBlock.encode(items) }

    static func decode(
        _ octets: UnsafeRawBufferPointer, into items: inout [CounterReading]
    ) throws {
        try ReadingBlock.decode(octets, counters: .all, into: &items)
    }
}

extension HourlyRollup: BlockItem {
    static var kind: BlockFileName.Kind { .rollups }
    static var countMax: Int { RollupBlock.hoursMax }
    var time: Timestamp { hour }

    static func encode(_ items: [HourlyRollup]) -> [UInt8] { RollupBlock.encode(items) }

    static func decode(_ octets: UnsafeRawBufferPointer, into items: inout [HourlyRollup]) throws {
        try RollupBlock.decode(octets, into: &items)
    }
}

/// Items of one interface in the order of time.
enum ItemOrder {
    /// Both together, ascending; of the same time, the newer ones' stays, and among them the last.
    static func merged<Item: BlockItem>(_ there: [Item], _ newer: [Item]) -> [Item] {
        if let last = there.last, let first = newer.first, newer.count == 1, last.time < first.time {
            return there + newer
        }
        var all = there.enumerated().map { (order: $0.offset, item: $0.element) }
        all += newer.enumerated().map { (order: there.count + $0.offset, item: $0.element) }
        all.sort { ($0.item.time, $0.order) < ($1.item.time, $1.order) }
        var merged: [Item] = []
        merged.reserveCapacity(all.count)
        for (_, item) in all {
            if merged.last?.time == item.time { merged.removeLast() }
            merged.append(item)
        }
        return merged
    }

    /// Puts those from a place on in order with those before them, where they do not simply follow.
    static func settle<Item: BlockItem>(_ items: inout [Item], from place: Int) {
        guard place > 0, place < items.count, items[place - 1].time >= items[place].time else { return }
        items = merged(Array(items[..<place]), Array(items[place...]))
    }
}
