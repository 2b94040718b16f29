/// A variable binding in place: its name checked, its value still as octets.
///
/// It borrows the datagram it was read from and must not outlive it.
public struct VarBindView {
    /// The content octets of the name; never empty.
    public let name: UnsafeRawBufferPointer
    /// The element that holds the value.
    public let value: BERElement

    /// The identifier octet of the value.
    public var tag: UInt8 { value.tag }
}

extension BERReader {
    /// Reads the next variable binding of a list, without copying.
    ///
    /// The name is checked to be a valid object identifier; the value's contents are not looked at.
    @inline(__always)
    public mutating func readVarBindView() throws(SNMPDecodeError) -> VarBindView {
        let pair = try readElement(BERTag.sequence)
        var inner = contents(of: pair)
        let name = try inner.readElement(BERTag.objectIdentifier)
        try validateObjectIdentifier(name)
        let value = try inner.readElement()
        if !inner.isAtEnd { anomalies.insert(.trailingOctets) }
        guard name.count > 0 else { throw SNMPDecodeError(.wrongContentLength, at: name.start) }
        return VarBindView(name: bytes(of: name), value: value)
    }

    /// Reads the next variable binding of a list into values of its own.
    public mutating func readVarBind() throws(SNMPDecodeError) -> VarBind {
        let view = try readVarBindView()
        return VarBind(ObjectIdentifier(unchecked: Array(view.name)), try decodeValue(view.value))
    }

    /// Decodes the contents of a value's element; tolerated deviations are left in `anomalies`.
    public mutating func decodeValue(_ element: BERElement) throws(SNMPDecodeError) -> SNMPValue {
        switch element.tag {
        case BERTag.integer: return .integer(try integer32(element))
        case BERTag.counter32: return .counter32(try unsigned32(element))
        case BERTag.gauge32: return .gauge32(try unsigned32(element))
        case BERTag.timeTicks: return .timeTicks(try unsigned32(element))
        case BERTag.counter64: return .counter64(try unsigned64(element))
        case BERTag.octetString: return .octetString(Array(bytes(of: element)))
        case BERTag.opaque: return .opaque(Array(bytes(of: element)))
        case BERTag.objectIdentifier: return .objectIdentifier(try decodeObjectIdentifier(element))
        case BERTag.ipAddress:
            guard element.count == 4 else {
                throw SNMPDecodeError(.wrongContentLength, at: element.start, found: UInt32(element.count))
            }
            return .ipAddress(Array(bytes(of: element)))
        default: return try decodeEmptyValue(element)
        }
    }

    private mutating func decodeEmptyValue(_ element: BERElement) throws(SNMPDecodeError) -> SNMPValue {
        if element.count > 0 { anomalies.insert(.unexpectedContent) }
        switch element.tag {
        case BERTag.null: return .null
        case BERTag.noSuchObject: return .noSuchObject
        case BERTag.noSuchInstance: return .noSuchInstance
        case BERTag.endOfMibView: return .endOfMibView
        default: throw SNMPDecodeError(.unexpectedTag, at: element.start, found: UInt32(element.tag))
        }
    }

    private mutating func decodeObjectIdentifier(
        _ element: BERElement
    ) throws(SNMPDecodeError) -> ObjectIdentifier {
        try validateObjectIdentifier(element)
        guard element.count > 0 else {
            anomalies.insert(.emptyObjectIdentifier)
            return ObjectIdentifier(unchecked: [0])
        }
        return ObjectIdentifier(unchecked: Array(bytes(of: element)))
    }
}

extension BERWriter {
    /// Puts a value in front.
    public mutating func prepend(_ value: SNMPValue) {
        switch value {
        case .integer(let number): prependSigned(Int64(number))
        case .counter32(let number), .gauge32(let number), .timeTicks(let number):
            prependUnsigned(UInt64(number), tag: value.tag)
        case .counter64(let number): prependUnsigned(number, tag: value.tag)
        case .octetString(let octets), .opaque(let octets), .ipAddress(let octets):
            prepend(value.tag, contents: octets)
        case .objectIdentifier(let name): prepend(value.tag, contents: name.encoded)
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: prependHeader(value.tag, count: 0)
        }
    }

    /// Puts a variable binding in front.
    public mutating func prepend(_ varBind: VarBind) {
        let mark = count
        prepend(varBind.value)
        prepend(BERTag.objectIdentifier, contents: varBind.name.encoded)
        wrap(BERTag.sequence, since: mark)
    }
}
