import GRDB
import Inventory
import Series

/// What one interface has of one day in a file: blocks of two hours or, when the day is over, one of all of them.
///
/// The one replaces the others in one transaction, so that a reader, and a crash, finds either. A damaged block is never
/// replaced: it stays as it is, beside the good ones, and is counted by whoever reads it.
struct DayBlock<Item: BlockItem> {
    let shared: SeriesShared
    let db: Database
    let number: UInt32
    let day: Day

    init(_ shared: SeriesShared, _ db: Database, _ number: UInt32, _ day: Day) {
        (self.shared, self.db, self.number, self.day) = (shared, db, number, day)
    }

    private var key: Int64 { BlockSpan.day(day).key(number) }

    private func key(_ chunk: Chunk) -> Int64 { BlockSpan.chunk(chunk).key(number) }

    /// The items of one block; nil where there is none.
    private func read(_ key: Int64) throws -> [Item]? {
        do {
            return try BlockTable.block(db, key) { octets in
                var items: [Item] = []
                try Item.decode(octets, into: &items)
                return items
            }
        } catch let error as DamagedBlock {
            shared.noteDamaged(Item.kind, key)
            throw error
        }
    }

    /// Makes one block of all; false where they stay as they are.
    ///
    /// They do where one of them is damaged, and where there are more than one block takes.
    func unite() throws -> Bool {
        do {
            var items = try read(key) ?? []
            var spent: [Int64] = []
            for chunk in day.chunks {
                guard let more = try read(key(chunk)) else { continue }
                spent.append(key(chunk))
                let before = items.count
                items += more
                ItemOrder.settle(&items, from: before)
                guard items.count <= Item.countMax else { return false }
            }
            guard !spent.isEmpty else { return false }
            try write(items)
            for key in spent { try BlockTable.remove(db, key) }
            return true
        } catch is DamagedBlock {
            return false
        }
    }

    /// Writes the day's block; what stands in it is compared with what should, as nothing else has it from here on.
    private func write(_ items: [Item]) throws {
        let octets = Item.encode(items)
        var found: [Item] = []
        try octets.withUnsafeBytes { try Item.decode($0, into: &found) }
        guard found == items else { throw DamagedBlock(reason: "a block does not hold what it was made of") }
        try BlockTable.write(db, key, octets)
    }

    /// Puts the items of a chunk into the day's block, instead of those it has; false where there is no good one.
    func put(_ items: [Item], of chunk: Chunk) throws -> Bool {
        let block: [Item]?
        do { block = try read(key) } catch is DamagedBlock { block = nil }
        guard let there = block else { return false }
        let all = there.filter { $0.time < chunk.start } + items + there.filter { $0.time >= chunk.end }
        if all.count <= Item.countMax {
            try BlockTable.write(db, key, Item.encode(all))
            try BlockTable.remove(db, key(chunk))
        } else {
            try divide(all)
        }
        return true
    }

    /// Makes blocks of two hours again, where one does not take all any more.
    private func divide(_ items: [Item]) throws {
        for chunk in day.chunks {
            let own = items.filter { chunk.start <= $0.time && $0.time < chunk.end }
            guard !own.isEmpty else { continue }
            try BlockTable.write(db, key(chunk), Item.encode(shared.bounded(own)))
        }
        try BlockTable.remove(db, key)
    }
}
