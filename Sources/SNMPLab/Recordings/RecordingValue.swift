/// The value of a line, encoded for the wire.
enum RecordingValue {
    case value([UInt8], RecordingRemark?)
    case broken(RecordingRemark)

    /// Encodes by tag number (SMI: 2 INTEGER, 4 OCTET STRING, 5 NULL, 6 OBJECT IDENTIFIER, 64 IpAddress, 65 Counter32,
    /// 66 Gauge32, 67 TimeTicks, 68 Opaque, 70 Counter64; 128 to 130 the exceptions; any other as its octets).
    ///
    /// - Parameter isRaw: the octets were written in hex or escaped, and are text or an address as they stand.
    static func encode(tag: UInt8, _ content: ArraySlice<UInt8>, isRaw: Bool) -> RecordingValue {
        switch tag {
        case BER.integer: return signed(content)
        case BER.counter32, BER.gauge32, BER.timeTicks: return unsigned(tag, content, max: UInt64(UInt32.max))
        case BER.counter64: return unsigned(tag, content, max: .max)
        case BER.null, BER.noSuchObject, BER.noSuchInstance, BER.endOfMibView: return .value([tag, 0], nil)
        case BER.objectIdentifier: return name(content)
        case BER.ipAddress: return address(content, isRaw: isRaw)
        default: return .value(BER.element(tag, content), nil)
        }
    }

    private static func broken(_ text: String) -> RecordingValue {
        .broken(RecordingRemark(text: text + "; the line is left out"))
    }

    private static func text(_ content: ArraySlice<UInt8>) -> String {
        String(decoding: content.prefix(40), as: UTF8.self)
    }

    /// A decimal number with optional sign, blanks around it passed over; saturates at the bounds of `Int128`.
    private static func number(_ content: ArraySlice<UInt8>) -> Int128? {
        var digits = content.drop { $0 == 0x20 }
        while digits.last == 0x20 { digits = digits.dropLast() }
        let negative = digits.first == UInt8(ascii: "-")
        if negative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.count <= 30, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let value = digits.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) }
        return negative ? -value : value
    }

    /// INTEGER is 32 bits (RFC 2578 section 7.1.1); agents that send an unsigned value there wrap it.
    private static func signed(_ content: ArraySlice<UInt8>) -> RecordingValue {
        guard let number = number(content) else { return broken("'\(text(content))' is no INTEGER") }
        let clamped = min(max(number, Int128(Int32.min)), Int128(Int32.max))
        let remark = clamped == number ? nil : RecordingRemark.clamp("INTEGER \(number) clamped to \(clamped)")
        return .value(BER.signed(Int64(clamped)), remark)
    }

    /// A counter, gauge or time.
    ///
    /// A negative value of 32 bits is the unsigned one printed with a sign, and is turned back; what is still out of
    /// range is clamped.
    private static func unsigned(_ tag: UInt8, _ content: ArraySlice<UInt8>, max limit: UInt64) -> RecordingValue {
        if content.isEmpty { return .value([BER.null, 0], RecordingRemark(text: "empty number served as NULL")) }
        guard var number = number(content) else { return broken("'\(text(content))' is no unsigned number") }
        let written = number
        if number < 0 { number += Int128(limit) + 1 }
        if number < 0 { number = 0 }
        if number > Int128(limit) { number = Int128(limit) }
        let remark = number == written ? nil : RecordingRemark.clamp("\(written) does not fit, served as \(number)")
        return .value(BER.unsigned(tag, UInt64(number)), remark)
    }

    private static func name(_ content: ArraySlice<UInt8>) -> RecordingValue {
        guard let name = ObjectName.parse(content) else { return broken("'\(text(content))' is no object name") }
        return .value(BER.element(BER.objectIdentifier, name), nil)
    }

    /// Four octets, written as dotted decimal, or raw.
    private static func address(_ content: ArraySlice<UInt8>, isRaw: Bool) -> RecordingValue {
        if isRaw {
            let remark = content.count == 4 ? nil : RecordingRemark(text: "IpAddress of \(content.count) octets")
            return .value(BER.element(BER.ipAddress, content), remark)
        }
        let parts = content.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let octets = parts.compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
        guard parts.count == 4, octets.count == 4 else { return broken("'\(text(content))' is no IPv4 address") }
        return .value(BER.element(BER.ipAddress, octets), nil)
    }
}
