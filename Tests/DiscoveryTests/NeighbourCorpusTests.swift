import Foundation
import Inventory
import Testing

@testable import Discovery

@Suite("Recorded neighbours", .enabled(if: Corpus.root != nil || Corpus.isRequired, "no corpus of recordings here"))
struct NeighbourCorpusTests {
    @Test("Every recorded row of LLDP and CDP is a neighbour on the right interface, or is dropped for a stated reason")
    func everyRowIsAccountedFor() throws {
        var devices = 0
        for name in try Corpus.deviceNames() {
            let expected = try Corpus.neighbours(name)
            let found = try Corpus.decoded(name)
            #expect(found.failed.isEmpty, "\(name)")
            guard !expected.neighbours.isEmpty else { continue }
            devices += 1
            // RouterOS has each neighbour in a table of its own too.
            let twice = name.hasPrefix("routeros") ? found.dropped[.repeated] ?? 0 : 0
            let dropped = found.dropped.values.reduce(0, +) - twice
            #expect(found.neighbours.count + dropped == expected.neighbours.count, "\(name): \(found.dropped)")
            for row in expected.neighbours where !row.isPlaceholder {
                #expect(found.neighbours.contains { row.agrees(with: $0) }, "\(name): \(row)")
            }
        }
        #expect(devices == 25)
    }

    @Test("Rows are dropped only where they say nothing")
    func dropsOnlyPlaceholders() throws {
        for name in try Corpus.deviceNames() {
            let placeholders = try Corpus.neighbours(name).neighbours.count { $0.isPlaceholder }
            let found = try Corpus.decoded(name)
            #expect(found.dropped[.placeholder] ?? 0 == placeholders, "\(name): \(found.dropped)")
            #expect(found.dropped.keys.allSatisfy { [.placeholder, .repeated].contains($0) }, "\(name)")
        }
    }

    @Test("Every link that LibreNMS expects is there: local port, remote name, remote port")
    func librenmsLinks() throws {
        var links = 0
        for name in try Corpus.deviceNames() {
            let expected = try Corpus.neighbours(name)
            let found = try Corpus.decoded(name)
            let interfaces = Dictionary(
                found.interfaces.map { ($0.ifIndex, $0) }, uniquingKeysWith: { first, _ in first })
            for link in expected.librenms_links ?? [] {
                links += 1
                let isThere = found.neighbours.contains { reading in
                    guard let index = reading.localIfIndex, let interface = interfaces[index] else { return false }
                    return link.isOn(interface) && link.agrees(with: reading)
                }
                #expect(isThere, "\(name): \(link)")
            }
        }
        #expect(links > 100)
    }

    @Test("What was read is text that people can read, in the one writing of its kind")
    func textIsClean() throws {
        for name in try Corpus.deviceNames() {
            for reading in try Corpus.decoded(name).neighbours {
                let texts = [
                    reading.chassis?.text, reading.port?.text, reading.portDescription, reading.systemName,
                    reading.systemDescription, reading.platform, reading.localPort,
                ].compactMap(\.self)
                for text in texts {
                    #expect(!text.isEmpty, "\(name)")
                    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(name)")
                }
                for id in [reading.chassis, reading.port].compactMap(\.self) where id.kind == .mac {
                    #expect(id.text.utf8.count == 17 && id.text == id.text.lowercased(), "\(name): \(id.text)")
                }
                #expect((reading.localIfIndex == nil) == (reading.localPortRule == nil), "\(name)")
            }
        }
    }

    @Test(
        "Every adjacency of a recorded network is decoded",
        arguments: ["nms0000_planet_lldp", "nms7563_homeserver_lldp", "nms8000_cdp", "nms8003_lldp"])
    func networks(_ network: String) throws {
        let root = try #require(Corpus.root)
        let data = try Data(contentsOf: root.appendingPathComponent("topologies/\(network)/expected.json"))
        let expected = try JSONDecoder().decode(ExpectedNetwork.self, from: data)
        let names = Dictionary(uniqueKeysWithValues: expected.devices.map { ($0.id, $0.hostname.lowercased()) })
        let answers = try Corpus.network(network)
        for adjacency in expected.adjacencies {
            let answer = try #require(answers[adjacency.source_device], "\(adjacency)")
            let found = NeighbourDecoding.decode(answer)
            let interfaces = Dictionary(
                found.interfaces.map { ($0.ifIndex, $0.ifName) }, uniquingKeysWith: { first, _ in first })
            let isThere = found.neighbours.contains { reading in
                let name = reading.localIfIndex.flatMap { interfaces[$0] ?? nil } ?? reading.localPort
                return reading.heardBy.rawValue == adjacency.protocol
                    && normalized(name) == normalized(adjacency.source_port)
                    && names[adjacency.target_device] == reading.systemName?.lowercased()
                    && normalized(reading.port?.text) == normalized(adjacency.target_port)
            }
            #expect(isThere, "\(adjacency)")
        }
    }
}

/// Text without anything but letters and digits; nil where there is nothing, or zeros in place of an address.
private func normalized(_ text: String?) -> String? {
    guard let text else { return nil }
    if let octets = HardwareAddressText.octets(inText: Array(text.utf8), allowsBare: true) {
        return HardwareAddressText.written(octets)
    }
    let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return plain.isEmpty ? nil : plain
}

/// The text before a NUL, or before a hex dump that a recorder put behind it.
private func beforeNUL(_ text: String?) -> String? {
    text.map { String($0.prefix { $0 != "\0" }) }
}

struct ExpectedNeighbours: Decodable {
    var neighbours: [ExpectedNeighbour]
    var librenms_links: [ExpectedLink]?
}

struct ExpectedNeighbour: Decodable {
    let `protocol`: String
    let timeMark: Int64?
    let localPortNum: Int64?
    let chassisId: String?
    let portId: String?
    let portDesc: String?
    let sysName: String?
    let mgmtAddrs: [String]?
    let deviceId: String?
    let devicePort: String?
    let address: String?
    let localIfIndex: Int64?

    var isPlaceholder: Bool {
        [chassisId, portId, sysName, deviceId, devicePort].allSatisfy { normalized($0) == nil }
            && (mgmtAddrs ?? []).isEmpty && address == nil
    }

    func agrees(with reading: NeighbourReading) -> Bool {
        guard reading.heardBy.rawValue == `protocol`.prefix(while: { $0 != "-" }) else { return false }
        if let localIfIndex, reading.localIfIndex != localIfIndex { return false }
        if `protocol` == "cdp" {
            let name = reading.systemName ?? reading.chassis?.text
            return normalized(name) == normalized(deviceId) && normalized(reading.port?.text) == normalized(devicePort)
        }
        return normalized(reading.chassis?.text) == normalized(chassisId)
            && normalized(reading.port?.text) == normalized(portId)
            && normalized(reading.portDescription) == normalized(beforeNUL(portDesc))
            && normalized(reading.systemName) == normalized(beforeNUL(sysName))
            && (mgmtAddrs ?? []).allSatisfy { text in
                NetworkAddress(text).map { reading.managementAddresses.contains($0.description) } ?? false
            }
    }
}

struct ExpectedLink: Decodable {
    let `protocol`: String
    let remote_hostname: String?
    let remote_port: String?
    let ifName: String?
    let ifDescr: String?

    func isOn(_ interface: LocalInterface) -> Bool {
        normalized(interface.ifName) == normalized(ifName) || normalized(interface.ifDescr) == normalized(ifDescr)
    }

    /// LibreNMS adds the chassis id in parentheses, and takes the port's description where it likes it better.
    func agrees(with reading: NeighbourReading) -> Bool {
        guard reading.heardBy.rawValue == `protocol` else { return false }
        var port = remote_port
        if let text = port, let start = text.lastIndex(of: "("), text.hasSuffix(")") { port = String(text[..<start]) }
        let names = [reading.systemName, reading.chassis?.text].map(normalized)
        let ports = [reading.port?.text, reading.portDescription].map(normalized)
        let name = normalized(beforeNUL(remote_hostname))
        return (name == nil || names.contains(name)) && (normalized(port) == nil || ports.contains(normalized(port)))
    }
}

struct ExpectedNetwork: Decodable {
    struct Adjacency: Decodable {
        let `protocol`: String
        let source_device: String
        let source_port: String
        let target_device: String
        let target_port: String
    }

    struct Device: Decodable {
        let id: String
        let hostname: String
    }

    let devices: [Device]
    let adjacencies: [Adjacency]
}

extension Corpus {
    static func neighbours(_ name: String) throws -> ExpectedNeighbours {
        let root = try #require(root)
        let data = try Data(contentsOf: root.appendingPathComponent("devices/expected/\(name).json"))
        return try JSONDecoder().decode(ExpectedNeighbours.self, from: data)
    }
}
