import ObjectNames
import SNMP

/// Variable bindings as net-snmp's tools write them, and as JSON.
struct ValueText: Sendable {
    /// The names to write; nil writes numbers alone, as `snmpwalk -On` does without MIBs.
    let names: ObjectNames?

    /// `IF-MIB::ifDescr.3 = STRING: "Gi0/3"`, or `.1.3.6.1.2.1.2.2.1.2.3 = STRING: "Gi0/3"`.
    func line(_ binding: VarBind) -> String {
        "\(name(binding.name)) = \(typed(binding.value, of: syntax(binding.name)))"
    }

    /// The name as this style writes it.
    func name(_ oid: ObjectIdentifier) -> String { names?.text(of: oid) ?? ".\(oid)" }

    private func syntax(_ oid: ObjectIdentifier) -> ObjectSyntax { names?.object(at: oid)?.syntax ?? .node }

    /// `INTEGER: up(1)`: type and value.
    private func typed(_ value: SNMPValue, of syntax: ObjectSyntax) -> String {
        switch value {
        case .integer(let number): return "INTEGER: \(Self.labelled(number, syntax))"
        case .octetString(let octets): return Self.typed(octets, of: syntax)
        case .null: return "NULL"
        case .objectIdentifier(let oid): return "OID: \(name(oid))"
        case .ipAddress(let octets): return "IpAddress: \(Octets.dotted(octets))"
        case .counter32(let number): return "Counter32: \(number)"
        case .gauge32(let number): return "Gauge32: \(number)"
        case .timeTicks(let ticks): return "Timeticks: (\(ticks)) \(Octets.clock(ticks))"
        case .opaque(let octets): return "OPAQUE: \(Octets.hex(octets, separator: " "))"
        case .counter64(let number): return "Counter64: \(number)"
        case .noSuchObject: return "No Such Object available on this agent at this OID"
        case .noSuchInstance: return "No Such Instance currently exists at this OID"
        case .endOfMibView: return "No more variables left in this MIB View (It is past the end of the MIB tree)"
        }
    }

    private static func labelled(_ number: Int32, _ syntax: ObjectSyntax) -> String {
        guard case .enumeration(let names) = syntax, let label = names.labels[number] else { return "\(number)" }
        return "\(label)(\(number))"
    }

    private static func typed(_ octets: [UInt8], of syntax: ObjectSyntax) -> String {
        if octets.isEmpty { return syntax == .node ? "\"\"" : "STRING: \"\"" }
        if case .bits(let names) = syntax {
            let labels = ObjectSyntax.labels(of: octets, in: names).map { " \($0.label)(\($0.position))" }
            return "BITS: \(Octets.hex(octets, separator: " "))" + labels.joined()
        }
        if let special = Octets.conventional(octets, syntax) { return "STRING: \(special)" }
        let text = syntax == .text ? Octets.text(octets) : Octets.ascii(octets)
        if let text { return "STRING: \"\(Octets.escaped(text))\"" }
        return "Hex-STRING: \(Octets.hexLines(octets))"
    }

    /// What a cell of a table shows: the value alone, with names for numbers.
    static func cell(_ value: SNMPValue, _ object: NamedObject, names: ObjectNames) -> String {
        switch value {
        case .integer(let number):
            guard case .enumeration(let enumeration) = object.syntax else { return "\(number)" }
            return enumeration.labels[number] ?? "\(number)"
        case .octetString(let octets):
            if case .bits(let bits) = object.syntax {
                return ObjectSyntax.labels(of: octets, in: bits).map(\.label).joined(separator: " ")
            }
            if let special = Octets.conventional(octets, object.syntax) { return special }
            return Octets.text(octets) ?? Octets.hex(octets, separator: " ")
        case .timeTicks(let ticks): return Octets.clock(ticks)
        case .objectIdentifier(let oid): return names.text(of: oid)
        default: return json(value).value.plainText
        }
    }

    /// `{"oid": …, "name": …, "type": …, "value": …}`, and `"hex": true` where octets are no text.
    static func json(_ binding: VarBind, names: ObjectNames = .standard) -> JSONValue {
        let (value, isHex) = json(binding.value)
        var members: [JSONValue.Member] = [
            JSONValue.Member(name: "oid", value: .string("\(binding.name)")),
            JSONValue.Member(name: "name", value: .string(names.text(of: binding.name))),
            JSONValue.Member(name: "type", value: .string(typeName(binding.value))),
            JSONValue.Member(name: "value", value: value),
        ]
        if isHex { members.append(JSONValue.Member(name: "hex", value: true)) }
        return .object(members)
    }

    /// A value for programs; octets that are no text as hexadecimal digits.
    static func json(_ value: SNMPValue) -> (value: JSONValue, isHex: Bool) {
        switch value {
        case .octetString(let octets), .opaque(let octets):
            let text = Octets.text(octets)
            return (.string(text ?? Octets.hex(octets, separator: "")), text == nil)
        case .objectIdentifier(let name): return (.string("\(name)"), false)
        case .ipAddress(let octets): return (.string(Octets.dotted(octets)), false)
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: return (.null, false)
        case .integer, .counter32, .gauge32, .timeTicks, .counter64:
            return (value.uint64.map { JSONValue($0) } ?? JSONValue(value.int64), false)
        }
    }

    /// The type's name in the standards (RFC 3416 section 3).
    static func typeName(_ value: SNMPValue) -> String {
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
}
