/// What a row of an image answers: a fixed value, or one that is worked out when it is asked for.
enum RowKind: UInt8, Sendable {
    case still = 0
    case upTime, systemName, physicalAddress, lldpChassis
    case inOctets32, inUnicast32, inMulticast32, inBroadcast32, inNonUnicast32, inDiscards, inErrors, inUnknown
    case outOctets32, outUnicast32, outMulticast32, outBroadcast32, outNonUnicast32, outDiscards, outErrors
    case inOctets64, inUnicast64, inMulticast64, inBroadcast64
    case outOctets64, outUnicast64, outMulticast64, outBroadcast64

    /// Whether it is a 64-bit counter.
    var isWide: Bool { rawValue >= RowKind.inOctets64.rawValue }
}

/// One row on its way into an image.
struct MIBRow: Sendable {
    /// Content octets of the name.
    var name: [UInt8]
    /// The value with tag and length; for a moving row the placeholder that fixes its type.
    var value: [UInt8]
    var kind: RowKind = .still
    /// The interface's position for counters and addresses.
    var slot: UInt16 = 0

    var varBindOctets: Int {
        let content = 1 + BER.lengthOctets(name.count) + name.count + value.count
        return 1 + BER.lengthOctets(content) + content
    }

    /// Writes the VarBind; the caller has reserved `varBindOctets`.
    func write(to output: UnsafeMutablePointer<UInt8>) -> Int {
        let content = 1 + BER.lengthOctets(name.count) + name.count + value.count
        var offset = BER.writeHeader(BER.sequence, content, to: output)
        offset += BER.writeHeader(BER.objectIdentifier, name.count, to: output + offset)
        for byte in name {
            output[offset] = byte
            offset += 1
        }
        for byte in value {
            output[offset] = byte
            offset += 1
        }
        return offset
    }
}

extension MIBImage {
    /// Sorts rows and drops repeated names; the first of a name wins.
    ///
    /// - Returns: the image, how many rows stood out of order, how many repeated a name.
    static func make(from rows: [MIBRow]) -> (image: MIBImage, unordered: Int, duplicates: Int) {
        var unordered = 0
        for index in rows.indices.dropFirst() where ObjectName.compare(rows[index - 1].name, rows[index].name) > 0 {
            unordered += 1
        }
        let ordered = unordered == 0 ? Array(rows.indices) : order(of: rows)
        var kept: [MIBRow] = []
        kept.reserveCapacity(rows.count)
        for index in ordered where kept.last?.name != rows[index].name { kept.append(rows[index]) }
        return (MIBImage(sorted: kept), unordered, rows.count - kept.count)
    }

    /// Positions in name order; rows of one name stay in the order they came.
    private static func order(of rows: [MIBRow]) -> [Int] {
        rows.indices.sorted { left, right in
            let order = ObjectName.compare(rows[left].name, rows[right].name)
            return order == 0 ? left < right : order < 0
        }
    }
}

extension MIBImage {
    /// One row as text and octets, for tests and tools.
    public struct Row: Sendable, Equatable {
        /// The name in dotted form, without a leading dot.
        public let name: String
        /// The value's BER tag.
        public let tag: UInt8
        /// The value's content octets.
        public let content: [UInt8]
    }

    /// The row at a position from 0 up to `count`.
    ///
    /// Moving rows show their placeholder.
    public func row(at position: Int) -> Row {
        precondition(position >= 0 && position < count, "row \(position) of an image of \(count) rows")
        let name = self.name(position)
        let value = self.value(position)
        let end = bytes + Int(offsets[position + 1])
        let header = value[1] < 0x80 ? 2 : 2 + Int(value[1] & 0x7F)
        return Row(
            name: ObjectName.text(UnsafeBufferPointer(start: name.start, count: name.count)),
            tag: value[0],
            content: Array(UnsafeBufferPointer(start: value + header, count: end - value - header))
        )
    }
}
