import ArgumentParser
import ObjectNames
import SNMP

/// Variable bindings as `snmptrap` and `snmpset` take them: triples of name, type and value.
enum VarBindArguments {
    /// Reads triples; the fault names the triple.
    static func parse(_ words: [String]) throws(ValidationError) -> [VarBind] {
        guard words.count % 3 == 0 else {
            throw ValidationError(
                "variable bindings are triples of name, type and value; \(words.count) words are given")
        }
        var all: [VarBind] = []
        for start in stride(from: 0, to: words.count, by: 3) {
            let name = try ObjectArgument.parse(words[start]).oid
            all.append(VarBind(name, try value(words[start + 1], words[start + 2], of: name)))
        }
        return all
    }

    /// Four numbers with dots; nil for anything else.
    static func ipAddress(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let octets = parts.compactMap { $0 }
        return octets.count == 4 && parts.count == 4 ? octets : nil
    }

    private static func value(
        _ type: String, _ text: String, of name: ObjectIdentifier
    ) throws(ValidationError) -> SNMPValue {
        let syntax = ObjectNames.standard.object(at: name)?.syntax ?? .node
        let letter = type == "=" ? letter(of: syntax) : type
        guard let letter, let read = readers[letter] else {
            throw ValidationError(
                "'\(type)' is no type for \(name); there are i u c C t s x o a n, and = for known names")
        }
        if letter == "i", case .enumeration(let names) = syntax, let number = names.number(of: text) {
            return .integer(number)
        }
        guard let value = read(text) else { throw ValidationError("'\(text)' is no value of type \(letter) (\(name))") }
        return value
    }

    private static let readers: [String: @Sendable (String) -> SNMPValue?] = [
        "i": { Int32($0).map(SNMPValue.integer) },
        "u": { UInt32($0).map(SNMPValue.gauge32) },
        "c": { UInt32($0).map(SNMPValue.counter32) },
        "C": { UInt64($0).map(SNMPValue.counter64) },
        "t": { UInt32($0).map(SNMPValue.timeTicks) },
        "s": { .octetString(Array($0.utf8)) },
        "x": { octets($0).map(SNMPValue.octetString) },
        "o": { ObjectNames.standard.identifier(of: $0).map(SNMPValue.objectIdentifier) },
        "a": { ipAddress($0).map(SNMPValue.ipAddress) },
        "n": { _ in .null },
    ]

    private static func letter(of syntax: ObjectSyntax) -> String? {
        switch syntax {
        case .node, .notification: nil
        case .integer, .enumeration: "i"
        case .gauge32: "u"
        case .counter32: "c"
        case .counter64: "C"
        case .timeTicks: "t"
        case .objectIdentifier: "o"
        case .ipAddress: "a"
        case .text: "s"
        case .octets, .physicalAddress, .dateAndTime, .bits: "x"
        }
    }

    /// Octets of hexadecimal digits, also with spaces, colons or a leading 0x between.
    static func octets(_ text: String) -> [UInt8]? {
        let digits = (text.hasPrefix("0x") ? text.dropFirst(2) : text[...]).filter { $0 != " " && $0 != ":" }
        let values = digits.compactMap(\.hexDigitValue)
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
