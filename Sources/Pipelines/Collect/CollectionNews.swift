import FoundationEssentials
import Inventory
public import Series

/// What polls brought in a moment: for the other processes that have to know.
public struct CollectionNews: Sendable, Hashable {
    /// Readings, in the order they were taken.
    public var readings: [SeriesReading]
    /// Changes of status.
    public var changes: [StatusChange]
    /// The ends of polls, in order.
    public var contacts: [DeviceContact]

    /// What polls brought.
    public init(readings: [SeriesReading] = [], changes: [StatusChange] = [], contacts: [DeviceContact] = []) {
        self.readings = readings
        self.changes = changes
        self.contacts = contacts
    }

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { readings.isEmpty && changes.isEmpty && contacts.isEmpty }
}

extension CollectionNews {
    /// Readings in a piece of `octets` at most: some 40 octets each, far below what a message may have.
    private static let readingsMax = 8_192
    private static let changesMax = 2_048

    /// What is small and rare, as JSON; readings are octets behind it.
    private struct Head: Codable {
        var changes: [StatusChange]
        var contacts: [DeviceContact]
        var readings: Int
    }

    /// The news in pieces of less than 1 MiB each, in order.
    ///
    /// A piece: length of the head (4 octets, low one first), the head as JSON, the ids of the interfaces (16 octets each, in the order
    /// of the readings), then `ReadingBatch`es, each behind its length (4 octets).
    public func pieces() throws -> [[UInt8]] {
        var (result, rest) = ([[UInt8]](), self)
        repeat {
            let piece = CollectionNews(
                readings: Array(rest.readings.prefix(Self.readingsMax)),
                changes: Array(rest.changes.prefix(Self.changesMax)),
                contacts: Array(rest.contacts.prefix(Self.changesMax)))
            rest.readings.removeFirst(piece.readings.count)
            rest.changes.removeFirst(piece.changes.count)
            rest.contacts.removeFirst(piece.contacts.count)
            result.append(try piece.octets())
        } while !rest.isEmpty
        return result
    }

    private func octets() throws -> [UInt8] {
        let head = try JSONEncoder().encode(Head(changes: changes, contacts: contacts, readings: readings.count))
        var octets: [UInt8] = []
        octets.reserveCapacity(head.count + readings.count * 64)
        octets.append(length: head.count)
        octets.append(contentsOf: head)
        for reading in readings { withUnsafeBytes(of: reading.interface.uuid.uuid) { octets.append(contentsOf: $0) } }
        let entries = readings.enumerated().map { ReadingBatch.Entry(number: UInt32($0), reading: $1.reading) }
        for start in stride(from: 0, to: entries.count, by: ReadingBatch.entriesMax) {
            let batch = ReadingBatch.encode(entries[start..<min(start + ReadingBatch.entriesMax, entries.count)])
            octets.append(length: batch.count)
            octets.append(contentsOf: batch)
        }
        return octets
    }

    /// Reads a piece; throws where it is not what `pieces` makes.
    public init(_ octets: [UInt8]) throws {
        self.init()
        var rest = octets[...]
        let head = try JSONDecoder().decode(Head.self, from: Data(try rest.takePiece()))
        (changes, contacts) = (head.changes, head.contacts)
        guard (0...Self.readingsMax).contains(head.readings) else { throw DamagedNews() }
        let ids = try rest.take(head.readings * Self.idOctets)
        while !rest.isEmpty {
            let batch = try rest.takePiece()
            for entry in try batch.withUnsafeBytes({ octets in try ReadingBatch.decode(octets) }) {
                guard entry.number < UInt32(head.readings) else { throw DamagedNews() }
                let place = ids.startIndex + Int(entry.number) * Self.idOctets
                readings.append(SeriesReading(Self.id(ids[place..<place + Self.idOctets]), entry.reading))
            }
        }
        guard readings.count == head.readings else { throw DamagedNews() }
    }

    private static let idOctets = 16

    private static func id(_ octets: ArraySlice<UInt8>) -> InterfaceID {
        octets.withUnsafeBytes { InterfaceID(UUID(uuid: $0.loadUnaligned(as: uuid_t.self))) }
    }
}

/// Octets that are no news of a collection.
struct DamagedNews: Error, CustomStringConvertible {
    var description: String { "the octets are no news of a collection" }
}

extension [UInt8] {
    fileprivate mutating func append(length: Int) {
        Swift.withUnsafeBytes(of: UInt32(length).littleEndian) { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// Takes some octets off the front.
    fileprivate mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count <= self.count else { throw DamagedNews() }
        defer { removeFirst(count) }
        return prefix(count)
    }

    /// Takes a length and as many octets off the front.
    fileprivate mutating func takePiece() throws -> ArraySlice<UInt8> {
        let length = try take(4).withUnsafeBytes { Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) }
        return try take(length)
    }
}
