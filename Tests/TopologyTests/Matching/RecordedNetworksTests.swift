import Catalog
import Foundation
import Inventory
import Testing

@testable import Discovery
@testable import Topology

/// Networks recorded device by device, with the adjacencies that OpenNMS asserts of them.
@Suite("Recorded networks", .enabled(if: RecordedNetwork.root != nil || RecordedNetwork.isRequired, "no corpus here"))
struct RecordedNetworksTests {
    @Test(
        "All adjacencies are found, and those told from both ends are one link",
        arguments: [
            ("nms0000_planet_lldp", 3, 0), ("nms7563_homeserver_lldp", 1, 0), ("nms8000_cdp", 7, 6),
            ("nms8003_lldp", 6, 6),
        ])
    func adjacencies(name: String, links: Int, fromBothSides: Int) throws {
        let network = try RecordedNetwork(name)
        var net = Wiring()
        for device in network.expected.devices { net.add(device.hostname, try network.neighbours(of: device.id)) }
        let (_, counts) = net.run()
        #expect(counts.links == links && counts.linksSeenFromBothSides == fromBothSides, "\(net.links)")
        #expect(net.contradictions == [])
        for adjacency in network.expected.adjacencies {
            let ends = [
                (try network.hostname(adjacency.source_device), adjacency.source_port),
                (try network.hostname(adjacency.target_device), adjacency.target_port),
            ]
            let isThere = net.book.links.contains { record in
                [[record.link.a, record.link.b], [record.link.b, record.link.a]].contains { pair in
                    zip(pair, ends).allSatisfy { $0.deviceName == $1.0 && net.isCalled($0, $1.1) }
                }
            }
            #expect(isThere, "\(adjacency) in \(net.links)")
        }
    }
}

extension Wiring {
    /// Adds a device as its recording shows it; one that was not recorded is in the inventory by its name only.
    fileprivate mutating func add(_ hostname: String, _ neighbours: DeviceNeighbours?) {
        let id = device(hostname, sysName: neighbours?.local.systemNames.first, chassis: "none")
        guard let neighbours else { return }
        arrivals[id] = neighbours
        for interface in neighbours.interfaces {
            addPort(
                id, interface.ifIndex, interface.ifName, descr: interface.ifDescr, alias: interface.ifAlias,
                address: interface.ifPhysAddress)
        }
    }

    /// Whether an end's port is what the expectation calls it: its name in any writing, or its address.
    fileprivate func isCalled(_ end: LinkEnd, _ port: String) -> Bool {
        let facts = book.ports.first { $0.id == end.interfaceID }?.facts
        var words = [end.port, facts?.ifName, facts?.ifDescr, facts?.ifPhysAddress].compactMap { $0 }
        // Of a device that was not recorded only its neighbours know what its port is called.
        if facts == nil {
            words += book.neighbours.filter { $0.match.deviceID == end.deviceID }.compactMap { $0.reading.port?.text }
        }
        return words.contains { word in
            PortName.key(word) == PortName.key(port) || plain(word) == plain(port)
                || Int(word) == Int(port) && Int(port) != nil
        }
    }

    private func plain(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

private struct RecordedNetwork {
    let expected: Expected
    private let folder: URL

    struct Expected: Decodable {
        let devices: [Device]
        let adjacencies: [Adjacency]

        struct Device: Decodable {
            let id: String
            let hostname: String
        }

        struct Adjacency: Decodable {
            let source_device: String
            let source_port: String
            let target_device: String
            let target_port: String
        }
    }

    /// The corpus: `WARDFLUX_CORPUS`, else `../shared/corpus` beside the package; nil where there is none.
    static let root: URL? = {
        if let path = ProcessInfo.processInfo.environment["WARDFLUX_CORPUS"] { return URL(fileURLWithPath: path) }
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        let path = package.appendingPathComponent("../shared/corpus").standardizedFileURL
        return FileManager.default.fileExists(atPath: path.path) ? path : nil
    }()

    /// Whether a missing corpus is a failure.
    static let isRequired =
        ProcessInfo.processInfo.environment["CI"] != nil
        || ProcessInfo.processInfo.environment["WARDFLUX_CORPUS"] != nil

    init(_ name: String) throws {
        folder = try #require(Self.root).appendingPathComponent("topologies/\(name)")
        let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
        expected = try JSONDecoder().decode(Expected.self, from: data)
    }

    func hostname(_ id: String) throws -> String {
        try #require(expected.devices.first { $0.id == id }?.hostname)
    }

    /// What a recorded device says; nil for one that was not recorded.
    func neighbours(of id: String) throws -> DeviceNeighbours? {
        let file = folder.appendingPathComponent("\(id).snmprec")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let columns = Dictionary(
            NeighbourDecoding.columns.map { ($0.dotted, $0) }, uniquingKeysWith: { first, _ in first })
        let lengths = Set(columns.keys.map { $0.split(separator: ".").count }).sorted()
        let roots = Set(columns.keys.map { $0.prefix(14) })
        var answer = NeighbourAnswer()
        for line in try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        where roots.contains(line.prefix(14)) {
            let fields = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { continue }
            let parts = fields[0].split(separator: ".")
            for length in lengths where parts.count > length {
                guard let column = columns[parts[..<length].joined(separator: ".")] else { continue }
                let index = parts[length...].compactMap { UInt32($0) }
                answer.columns[column, default: NeighbourRows()].rows.append(
                    .init(index: index, value: Self.value(fields[1], fields[2])))
            }
        }
        return NeighbourDecoding.decode(answer)
    }

    private static func value(_ tag: String, _ text: String) -> MIBValue {
        if tag == "6" { return .objectIdentifier(text) }
        if ["2", "65", "66", "67", "70"].contains(tag), let number = Int64(text) { return .integer(number) }
        guard tag.hasSuffix("x") else { return .octets(Array(text.utf8)) }
        let digits = Array(text.utf8)
        return .octets(
            stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
            })
    }
}
