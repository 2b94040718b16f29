import Inventory

/// A device's own IP addresses: IP-MIB ipAddressTable, else ipAddrTable (RFC 4293).
enum LocalAddresses {
    private static let interface = NeighbourColumn("ipAddressIfIndex", "1.3.6.1.2.1.4.34.1.3")
    private static let type = NeighbourColumn("ipAddressType", "1.3.6.1.2.1.4.34.1.4")
    private static let plainInterface = NeighbourColumn("ipAdEntIfIndex", "1.3.6.1.2.1.4.20.1.2")
    private static let broadcast: Int64 = 3

    /// What is asked for.
    static let columns = [interface, type, plainInterface]

    /// The addresses in their usual writing, sorted.
    ///
    /// Both tables together, since some agents have only IPv6 in the newer one. Loopback's, link-local, unspecified,
    /// multicast and broadcast addresses are left out: they tell no device. Addresses that redundant routers share cannot
    /// be told from others.
    static func decode(_ answer: NeighbourAnswer) -> [String] {
        let broadcasts = Set(answer[type].rows.filter { $0.value.number == broadcast }.map(\.index))
        let newer = answer[interface].rows.filter { !broadcasts.contains($0.index) }.compactMap { address($0.index) }
        let older = answer[plainInterface].rows.compactMap { row in
            row.index.count == 4 ? NetworkAddress(parts: row.index[...]) : nil
        }
        let telling = Set(newer + older).filter { $0.tellsDevice && !$0.isLinkLocal }
        return telling.map(\.unmapped.description).sorted()
    }

    /// The address in an index of ipAddressTable: InetAddressType, length, octets; zones (RFC 4001) are cut off.
    ///
    /// Some agents leave the length out.
    private static func address(_ index: [UInt32]) -> NetworkAddress? {
        guard let type = index.first else { return nil }
        let length = type == 1 || type == 3 ? 4 : type == 2 || type == 4 ? 16 : 0
        guard length > 0 else { return nil }
        let behind = index.dropFirst()
        if behind.count > length, behind.first == UInt32(length) || behind.first == UInt32(length + 4) {
            return NetworkAddress(parts: behind.dropFirst().prefix(length))
        }
        return behind.count == length ? NetworkAddress(parts: behind) : nil
    }
}

extension NetworkAddress {
    /// The address that parts of an index are, an octet each.
    fileprivate init?(parts: ArraySlice<UInt32>) {
        let octets = parts.compactMap { UInt8(exactly: $0) }
        guard octets.count == parts.count else { return nil }
        self.init(octets: octets)
    }
}
