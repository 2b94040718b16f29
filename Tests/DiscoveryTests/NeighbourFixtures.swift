import Foundation
import Inventory
import Testing

@testable import Discovery

extension NeighbourAnswer {
    /// The answer of a device that was recorded as `.snmprec`: all of the columns that it has.
    init(recording octets: [UInt8], columns: [NeighbourColumn]) {
        self.init()
        var places: [[UInt32]: NeighbourColumn] = [:]
        for column in columns {
            places[Self.parts(Array(column.dotted.utf8)[...])] = column
            self.columns[column] = NeighbourRows()
        }
        let lengths = Set(places.keys.map(\.count)).sorted()
        let prefixes = Set(columns.map { Array(($0.dotted + ".").utf8.prefix(14)) })
        for line in octets.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            guard prefixes.contains(Array(line.prefix(14))) else { continue }
            let fields = line.split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let parts = Self.parts(fields[0])
            for length in lengths where parts.count > length {
                guard let column = places[Array(parts[..<length])] else { continue }
                let value = TableAnswer.value(tag: String(decoding: fields[1], as: UTF8.self), Array(fields[2]))
                self.columns[column]?.rows.append(.init(index: Array(parts[length...]), value: value))
            }
        }
    }

    private static func parts(_ dotted: ArraySlice<UInt8>) -> [UInt32] {
        dotted.split(separator: UInt8(ascii: ".")).compactMap { part in
            part.count <= 10
                ? UInt32(exactly: part.reduce(UInt64(0)) { $0 &* 10 &+ UInt64($1 &- 48) }) : nil
        }
    }

    /// Sets one value.
    mutating func set(_ column: NeighbourColumn, _ index: [UInt32], _ value: MIBValue) {
        columns[column, default: NeighbourRows()].rows.append(.init(index: index, value: value))
    }

    /// Sets one text.
    mutating func set(_ column: NeighbourColumn, _ index: [UInt32], _ text: String) {
        set(column, index, .octets(Array(text.utf8)))
    }
}

extension Corpus {
    static func neighbourAnswer(_ name: String) throws -> NeighbourAnswer {
        let root = try #require(root)
        let data = try Data(contentsOf: root.appendingPathComponent("devices/recordings/\(name).snmprec"))
        return NeighbourAnswer(recording: [UInt8](data), columns: NeighbourDecoding.columns)
    }

    /// What the recorded devices say, decoded once for all tests.
    private static let decoded: [String: DeviceNeighbours] = {
        let names = (try? deviceNames()) ?? []
        return names.reduce(into: [:]) { decoded, name in
            decoded[name] = (try? neighbourAnswer(name)).map { NeighbourDecoding.decode($0) }
        }
    }()

    /// What a recorded device says of its neighbours.
    static func decoded(_ name: String) throws -> DeviceNeighbours { try #require(decoded[name]) }

    /// The devices of a recorded network, by name.
    static func network(_ name: String) throws -> [String: NeighbourAnswer] {
        let folder = try #require(root).appendingPathComponent("topologies/\(name)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        var answers: [String: NeighbourAnswer] = [:]
        for file in files where file.hasSuffix(".snmprec") {
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            answers[String(file.dropLast(8))] = NeighbourAnswer(
                recording: [UInt8](data), columns: NeighbourDecoding.columns)
        }
        return answers
    }
}
