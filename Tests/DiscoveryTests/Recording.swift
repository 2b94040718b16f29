import Discovery
import Foundation
import Testing

/// Recordings of real devices, used in place.
enum Corpus {
    /// The corpus: `WARDFLUX_CORPUS`, else `../shared/corpus` beside the package; nil where there is none.
    static let root: URL? = {
        if let path = ProcessInfo.processInfo.environment["WARDFLUX_CORPUS"] { return URL(fileURLWithPath: path) }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = package.appendingPathComponent("../shared/corpus").standardizedFileURL
        return FileManager.default.fileExists(atPath: path.path) ? path : nil
    }()

    /// Whether a missing corpus is a failure.
    static let isRequired =
        ProcessInfo.processInfo.environment["CI"] != nil
        || ProcessInfo.processInfo.environment["WARDFLUX_CORPUS"] != nil

    /// Names of the recorded devices, sorted.
    static func deviceNames() throws -> [String] {
        let root = try #require(root)
        let files = try FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent("devices/expected").path)
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    static func recording(_ name: String) throws -> TableAnswer {
        let root = try #require(root)
        let data = try Data(contentsOf: root.appendingPathComponent("devices/recordings/\(name).snmprec"))
        return TableAnswer(recording: [UInt8](data))
    }

    static func expected(_ name: String) throws -> ExpectedDevice {
        let root = try #require(root)
        let data = try Data(contentsOf: root.appendingPathComponent("devices/expected/\(name).json"))
        return try JSONDecoder().decode(ExpectedDevice.self, from: data)
    }
}

struct ExpectedDevice: Decodable {
    let interfaces: [ExpectedInterface]
}

struct ExpectedInterface: Decodable {
    let ifIndex: Int64
    let ifName: String?
    let ifDescr: String?
    let ifAlias: String?
    let ifType: Int?
    let ifMtu: Int64?
    let ifSpeed: Int64?
    let ifHighSpeed: Int64?
    let ifPhysAddress: String?
    let ifAdminStatus: Int?
    let ifOperStatus: Int?
    let ifLastChange: Int64?
    let ifConnectorPresent: Int?
    let ifCounterDiscontinuityTime: Int64?

    /// ifHighSpeed x 10^6 where above 0, else ifSpeed unless 0 or saturated.
    var speed: Int64? {
        if let ifHighSpeed, ifHighSpeed > 0 { return ifHighSpeed * 1_000_000 }
        guard let ifSpeed, ifSpeed != 0, ifSpeed != 4_294_967_295 else { return nil }
        return ifSpeed
    }
}

extension TableAnswer {
    /// The answer of a device that was recorded as `.snmprec`: lines `OID|tag|value`, `x` after the tag for hex.
    init(recording octets: [UInt8]) {
        self.init()
        for column in InterfaceColumn.allCases { columns[column] = ColumnAnswer() }
        let prefixes = Dictionary(uniqueKeysWithValues: InterfaceColumn.allCases.map { ($0.dotted, $0) })
        for line in octets.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            let fields = line.split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let oid = String(decoding: fields[0], as: UTF8.self)
            let value = Self.value(tag: String(decoding: fields[1], as: UTF8.self), Array(fields[2]))
            if let scalar = SystemScalar(rawValue: oid) { scalars[scalar] = value }
            guard oid.hasPrefix("1.3.6.1.2.1.") else { continue }
            let parts = oid.split(separator: ".")
            for length in [10, 11] where parts.count > length {
                guard let column = prefixes[parts[..<length].joined(separator: ".")] else { continue }
                columns[column]?.indexes.append(parts.count == length + 1 ? Int64(parts[length]) : nil)
                columns[column]?.values.append(value)
            }
        }
    }

    static func value(tag: String, _ octets: [UInt8]) -> MIBValue {
        let isHex = tag.hasSuffix("x")
        let content = isHex ? unhexed(octets) : octets
        switch Int(tag.prefix { $0.isNumber }) {
        case 2, 65, 66, 67, 70:
            return Int64(String(decoding: octets, as: UTF8.self)).map { .integer($0) } ?? .octets(content)
        case 6: return .objectIdentifier(String(decoding: octets, as: UTF8.self))
        case 5: return .null
        default: return .octets(content)
        }
    }

    private static func unhexed(_ digits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: digits.count - 1, by: 2).compactMap { position in
            UInt8(String(decoding: digits[position..<position + 2], as: UTF8.self), radix: 16)
        }
    }
}
