import SNMP

/// Variable bindings as `snmpwalk -On` writes them without MIBs, and as JSON.
enum WalkLine {
    /// `.1.3.6.1.2.1.1.5.0 = STRING: "sw1"`.
    static func text(_ binding: VarBind) -> String {
        ".\(binding.name) = \(value(binding.value))"
    }

    /// `{"oid": …, "type": …, "value": …}`; octets that are no text are hexadecimal under `hex`.
    static func json(_ binding: VarBind) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member(name: "oid", value: .string("\(binding.name)")),
            JSONValue.Member(name: "type", value: .string(typeName(binding.value))),
        ]
        switch binding.value {
        case .octetString(let octets), .opaque(let octets):
            if let text = printable(octets) {
                members.append(JSONValue.Member(name: "value", value: .string(text)))
            } else {
                members.append(JSONValue.Member(name: "hex", value: .string(hex(octets, separator: ""))))
            }
        case .objectIdentifier(let name):
            members.append(JSONValue.Member(name: "value", value: .string("\(name)")))
        case .ipAddress(let octets):
            members.append(JSONValue.Member(name: "value", value: .string(dotted(octets))))
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView:
            members.append(JSONValue.Member(name: "value", value: .null))
        case .integer, .counter32, .gauge32, .timeTicks, .counter64:
            let number = binding.value.uint64.map { JSONValue($0) } ?? JSONValue(binding.value.int64)
            members.append(JSONValue.Member(name: "value", value: number))
        }
        return .object(members)
    }

    private static func value(_ value: SNMPValue) -> String {
        switch value {
        case .integer(let number): return "INTEGER: \(number)"
        case .octetString(let octets):
            if octets.isEmpty { return "\"\"" }
            guard let text = printable(octets) else { return "Hex-STRING: \(hex(octets, separator: " ")) " }
            return "STRING: \"\(escaped(text))\""
        case .null: return "NULL"
        case .objectIdentifier(let name): return "OID: .\(name)"
        case .ipAddress(let octets): return "IpAddress: \(dotted(octets))"
        case .counter32(let number): return "Counter32: \(number)"
        case .gauge32(let number): return "Gauge32: \(number)"
        case .timeTicks(let ticks): return "Timeticks: (\(ticks)) \(clock(ticks))"
        case .opaque(let octets): return "OPAQUE: \(hex(octets, separator: " "))"
        case .counter64(let number): return "Counter64: \(number)"
        case .noSuchObject: return "No Such Object available on this agent at this OID"
        case .noSuchInstance: return "No Such Instance currently exists at this OID"
        case .endOfMibView: return "No more variables left in this MIB View (It is past the end of the MIB tree)"
        }
    }

    private static func typeName(_ value: SNMPValue) -> String {
        switch value {
        case .integer: "INTEGER"
        case .octetString: "OCTET STRING"
        case .null: "NULL"
        case .objectIdentifier: "OBJECT IDENTIFIER"
        case .ipAddress: "IpAddress"
        case .counter32: "Counter32"
        case .gauge32: "Gauge32"
        case .timeTicks: "TimeTicks"
        case .opaque: "Opaque"
        case .counter64: "Counter64"
        case .noSuchObject: "noSuchObject"
        case .noSuchInstance: "noSuchInstance"
        case .endOfMibView: "endOfMibView"
        }
    }

    /// `12 days, 4:30:09.15`, as net-snmp writes TimeTicks.
    private static func clock(_ ticks: UInt32) -> String {
        func two(_ number: UInt32) -> String { (number < 10 ? "0" : "") + String(number) }
        let seconds = ticks / 100
        let clock =
            "\(seconds % 86_400 / 3600):\(two(seconds % 3600 / 60)):\(two(seconds % 60)).\(two(ticks % 100))"
        switch seconds / 86_400 {
        case 0: return clock
        case 1: return "1 day, " + clock
        case let days: return "\(days) days, " + clock
        }
    }

    private static func printable(_ octets: [UInt8]) -> String? {
        let isText = octets.allSatisfy { (0x20..<0x7F).contains($0) || [9, 10, 13].contains($0) }
        return isText ? String(decoding: octets, as: UTF8.self) : nil
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { escaped += "\\" }
            escaped.unicodeScalars.append(character)
        }
        return escaped
    }

    private static func hex(_ octets: [UInt8], separator: String) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: separator)
    }

    private static func dotted(_ octets: [UInt8]) -> String {
        octets.map { String($0) }.joined(separator: ".")
    }
}
