import GRDB
import Inventory
import Series
import Traffic

/// Brings what is good in a damaged file of blocks into the new one: from both ends of each chunk, and of each day, up
/// to the damage.
struct BlockSalvage: Sendable {
    let name: BlockFileName
    let writer: BlockWriter

    /// Brings the blocks of a file that was put aside; nothing where it is no database any more.
    func bring(from path: String) throws {
        guard let queue = try? SQLiteFile.open(path, for: .readAlone) else { return }
        defer { try? queue.close() }
        var isWritten = false
        for span in name.spans {
            let blocks = good(span.keys, queue)
            guard !blocks.isEmpty else { continue }
            try writer.write(name, blocks)
            isWritten = true
        }
        if isWritten { try writer.settle([name]) }
    }

    private func good(_ keys: ClosedRange<Int64>, _ queue: DatabaseQueue) -> [(key: Int64, octets: [UInt8])] {
        var found: [Int64: [UInt8]] = [:]
        func take(_ key: Int64, _ octets: UnsafeRawBufferPointer?) {
            if let octets, keys.contains(key), isGood(octets) { found[key] = Array(octets) }
        }
        do {
            try queue.read { try BlockTable.read($0, keys, take) }
        } catch {
            try? queue.read { try BlockTable.readDescending($0, keys, take) }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func isGood(_ octets: UnsafeRawBufferPointer) -> Bool {
        switch name.kind {
        case .readings: Self.decodes(CounterReading.self, octets)
        case .rollups: Self.decodes(HourlyRollup.self, octets)
        }
    }

    private static func decodes<Item: BlockItem>(_: Item.Type, _ octets: UnsafeRawBufferPointer) -> Bool {
        var items: [Item] = []
        return (try? Item.decode(octets, into: &items)) != nil
    }
}
