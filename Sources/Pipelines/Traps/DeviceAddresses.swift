import Discovery
import Inventory
import SNMP

/// Which device has which address; pure.
struct DeviceAddresses: Sendable {
    private let devices: [String: [Device]]
    /// Devices that are known by a host name.
    let named: [Device]

    /// The addresses of devices.
    ///
    /// - Parameter resolved: Addresses of host names, as far as they are known.
    init(_ all: [Device], resolved: [String: String] = [:]) {
        var found: [String: [Device]] = [:]
        var named: [Device] = []
        for device in all {
            if let host = Self.numeric(device.address) {
                found[host, default: []].append(device)
            } else {
                named.append(device)
                if let host = resolved[device.address] { found[host, default: []].append(device) }
            }
        }
        devices = found
        self.named = named
    }

    /// The canonical form of a numeric address; nil for a name.
    static func numeric(_ address: String) -> String? {
        TransportAddress(parsing: address.contains(":") ? "[\(address)]" : address)?.host
    }

    /// The device a notification is of.
    ///
    /// The address it came from counts first: nobody can choose that as easily as the contents. Only where it is no
    /// device's does the agent's own word count, agent-addr of version 1 or snmpTrapAddress.0: such a trap was passed on
    /// by a proxy, or its source was translated. An address of several devices is nobody's.
    func device(of notification: SNMPNotification) -> Device? {
        if let known = devices[notification.source.host] { return known.count == 1 ? known[0] : nil }
        guard let agent = notification.agentAddress, let known = devices[agent.host] else { return nil }
        return known.count == 1 ? known[0] : nil
    }
}

extension LinkChange {
    /// The interface that is meant: by its number, unless a name that is told too is another one's; else by its name or
    /// description where that is unambiguous.
    ///
    /// A device that numbers its interfaces anew tells the new number with the old name: until it is discovered the name
    /// is right, and no interface is better than a wrong one.
    func interface(among interfaces: [Interface]) -> Interface? {
        let present = interfaces.filter { $0.missingSince == nil }
        if let found = present.first(where: { $0.facts.ifIndex == ifIndex.map(Int64.init) }), !contradicts(found) {
            return found
        }
        for (name, text) in names {
            let found = present.filter { $0.facts[keyPath: text] == name }
            if found.count == 1 { return found[0] }
        }
        return nil
    }

    /// ifName and ifDescr, as far as they are told.
    private var names: [(name: String, text: KeyPath<InterfaceFacts, String?>)] {
        [(ifName, \InterfaceFacts.ifName), (ifDescr, \InterfaceFacts.ifDescr)].compactMap { octets, text in
            // As a discovery reads them.
            guard let name = octets.map({ MIBText.clean($0) }), !name.isEmpty else { return nil }
            return (name, text)
        }
    }

    /// Whether an interface has other names than all that are told.
    private func contradicts(_ interface: Interface) -> Bool {
        let known = names.compactMap { name, text in interface.facts[keyPath: text].map { $0 == name } }
        return !known.isEmpty && !known.contains(true)
    }
}
