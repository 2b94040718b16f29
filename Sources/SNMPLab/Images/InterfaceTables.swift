extension DeviceImage {
    /// IF-MIB ifNumber and ifTable, 22 columns.
    mutating func addInterfaces() {
        let interfaces = Self.prefix([1, 3, 6, 1, 2, 1, 2])
        add(name(interfaces, 1, 0), BER.signed(Int64(present.count)))
        let table = name(interfaces, 2, 1)
        for column in UInt32(1)...22 {
            let prefix = name(table, column)
            for each in present { addEntry(column, name(prefix, each.interface.index), each) }
        }
    }

    private mutating func addEntry(_ column: UInt32, _ name: [UInt8], _ each: PresentInterface) {
        let interface = each.interface
        if let kind = Self.entryCounters[column] {
            return add(name, BER.unsigned(BER.counter32, 0), kind, slot: each.position)
        }
        switch column {
        case 1: add(name, BER.signed(Int64(interface.index)))
        case 2: add(name, Self.text(interface.descr))
        case 3: add(name, BER.signed(Int64(interface.type)))
        case 4: add(name, BER.signed(Int64(interface.mtu)))
        case 5: add(name, BER.unsigned(BER.gauge32, UInt64(interface.speedGauge)))
        case 6: addPhysicalAddress(name, each)
        case 7: add(name, BER.signed(Int64(interface.adminStatus)))
        case 8: add(name, BER.signed(Int64(interface.operStatus)))
        case 9: add(name, BER.unsigned(BER.timeTicks, UInt64(interface.lastChange)))
        case 21: add(name, BER.unsigned(BER.gauge32, 0))
        default: add(name, BER.element(BER.objectIdentifier, [0]))
        }
    }

    private mutating func addPhysicalAddress(_ name: [UInt8], _ each: PresentInterface) {
        guard let offset = each.interface.physicalAddressOffset else {
            return add(name, BER.element(BER.octetString, []))
        }
        let octets = device.physicalAddress(offset: offset)
        add(name, BER.element(BER.octetString, octets), isShared ? .physicalAddress : .still, slot: each.position)
    }

    /// Columns of ifTable that count.
    private static let entryCounters: [UInt32: RowKind] = [
        10: .inOctets32, 11: .inUnicast32, 12: .inNonUnicast32, 13: .inDiscards, 14: .inErrors, 15: .inUnknown,
        16: .outOctets32, 17: .outUnicast32, 18: .outNonUnicast32, 19: .outDiscards, 20: .outErrors,
    ]

    /// IF-MIB ifXTable, 19 columns, and ifTableLastChange.
    mutating func addInterfaceExtensions() {
        let objects = Self.prefix([1, 3, 6, 1, 2, 1, 31, 1])
        let table = name(objects, 1, 1)
        for column in UInt32(1)...19 {
            let prefix = name(table, column)
            for each in present where !each.isNarrow || Self.extensionCounters[column].map(\.isWide) != true {
                addExtension(column, name(prefix, each.interface.index), each)
            }
        }
        add(name(objects, 5, 0), BER.unsigned(BER.timeTicks, UInt64(tableLastChange)))
    }

    private mutating func addExtension(_ column: UInt32, _ name: [UInt8], _ each: PresentInterface) {
        let interface = each.interface
        if let kind = Self.extensionCounters[column] {
            let tag = column < 6 ? BER.counter32 : BER.counter64
            return add(name, BER.unsigned(tag, 0), kind, slot: each.position)
        }
        switch column {
        case 1: add(name, Self.text(interface.name))
        case 14: add(name, BER.signed(interface.isPhysical ? 1 : 2))
        case 15: add(name, BER.unsigned(BER.gauge32, UInt64(interface.highSpeed)))
        case 16: add(name, BER.signed(2))
        case 17: add(name, BER.signed(interface.isPhysical ? 1 : 2))
        case 18: add(name, Self.text(interface.alias))
        default: add(name, BER.unsigned(BER.timeTicks, UInt64(each.discontinuityTime)))
        }
    }

    /// Columns of ifXTable that count.
    private static let extensionCounters: [UInt32: RowKind] = [
        2: .inMulticast32, 3: .inBroadcast32, 4: .outMulticast32, 5: .outBroadcast32,
        6: .inOctets64, 7: .inUnicast64, 8: .inMulticast64, 9: .inBroadcast64,
        10: .outOctets64, 11: .outUnicast64, 12: .outMulticast64, 13: .outBroadcast64,
    ]
}
