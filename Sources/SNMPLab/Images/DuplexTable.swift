extension DeviceImage {
    /// EtherLike-MIB dot3StatsDuplexStatus of Ethernet ports (RFC 3635).
    ///
    /// A port without a link answers halfDuplex, as many agents do that have nothing negotiated.
    mutating func addDuplex() {
        let column = Self.prefix([1, 3, 6, 1, 2, 1, 10, 7, 2, 1, 19])
        for each in present where device.hasDuplex(each.position) {
            let isHalf = each.isHalfDuplex || each.interface.operStatus != 1
            add(name(column, each.interface.index), BER.signed(isHalf ? 2 : 3))
        }
    }
}

extension SimulatedDevice {
    /// Whether the agent tells the duplex of an interface, by its position: that of ports, not of what is made of them.
    func hasDuplex(_ position: Int) -> Bool {
        let ethernetCsmacd: Int32 = 6
        let interface = interfaces[position]
        return manner.hasEtherLike && interface.isPhysical && interface.type == ethernetCsmacd
    }
}
