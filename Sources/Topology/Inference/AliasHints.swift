public import Catalog
import Inventory

/// Hints at cables that only people know of: an interface whose description names a device.
///
/// Only between devices of which no neighbour protocol tells; a hint is never a link.
public enum AliasHints {
    /// The hints of a book, ordered by the device's name, then ifIndex.
    ///
    /// An alias hints where it names exactly one device besides its own, by name, sysName, or either without its domain,
    /// as a whole word of at least four characters, in any case. It does not where it names two devices, or a name that
    /// two devices have; where the word is one of the device's own ports; on interfaces that are no ends of a cable
    /// (loopbacks, VLANs, tunnels); and where a manual link already ends at the interface. Time grows with the aliases.
    public static func hints(book: TopologyBook) -> [AliasHint] {
        let silent = SilentDevices.among(book.devices, neighbours: book.neighbours)
        guard silent.count > 1 else { return [] }
        let index = DeviceNameIndex(book.devices)
        let known = Set(book.manualLinks.flatMap { [$0.aInterfaceID, $0.bInterfaceID] }.compactMap { $0 })
        var ports: [DeviceID: [Int]] = [:]
        for (place, port) in book.ports.enumerated() where silent.contains(port.deviceID) && isCableEnd(port) {
            ports[port.deviceID, default: []].append(place)
        }
        return book.devices.flatMap { device -> [AliasHint] in
            guard let own = ports[device.id] else { return [] }
            var reader = AliasReader(device: device.id, index: index) { portNames(book.ports, own) }
            return own.compactMap { place in
                let port = book.ports[place]
                guard let alias = port.facts.ifAlias, alias.utf8.count >= DeviceNameIndex.fewestOctets,
                    let named = reader.onlyOtherDevice(in: alias), silent.contains(named), !known.contains(port.id)
                else { return nil }
                return AliasHint(interfaceID: port.id, deviceID: device.id, namesDeviceID: named, alias: alias)
            }
        }
    }

    /// loopback(24), propVirtual(53), tunnel(131), l2vlan(135), l3ipvlan(136), ipForward(142) of IANAifType-MIB.
    private static let withoutCable: Set<Int> = [24, 53, 131, 135, 136, 142]

    private static func isCableEnd(_ port: PortRecord) -> Bool {
        !port.isMissing && !(port.facts.ifType.map(withoutCable.contains) ?? false)
    }

    private static func portNames(_ ports: [PortRecord], _ places: [Int]) -> Set<String> {
        var names = Set<String>()
        for place in places {
            if let name = ports[place].facts.ifName { names.insert(name.lowercased()) }
            if let descr = ports[place].facts.ifDescr { names.insert(descr.lowercased()) }
        }
        return names
    }
}

/// Reads the aliases of one device.
private struct AliasReader {
    /// The device.
    let device: DeviceID
    /// The names of all devices.
    let index: DeviceNameIndex
    /// What its own ports are called, in lower case: words that name no other device.
    private lazy var portNames: Set<String> = makePortNames()
    private let makePortNames: () -> Set<String>

    init(device: DeviceID, index: DeviceNameIndex, portNames: @escaping () -> Set<String>) {
        self.device = device
        self.index = index
        makePortNames = portNames
    }

    /// The one device that an alias names besides its own; nil where it names none or more.
    mutating func onlyOtherDevice(in alias: String) -> DeviceID? {
        let words = DescriptionWords(alias)
        var found: DeviceID?
        var start = 0
        while start < words.all.count {
            let (named, length) = longestName(at: start, in: words)
            start += length
            switch named {
            case .none: continue
            case .several: return nil
            case .one(device): continue
            case .one(let other):
                if let found, found != other { return nil }
                found = other
            }
        }
        return found
    }

    /// What the longest phrase that begins with a word names, and how many words it has.
    private mutating func longestName(
        at start: Int, in words: DescriptionWords
    ) -> (DeviceNameIndex.Named, Int) {
        var end = start + 1
        while end < words.all.count, end - start < index.longestName, words.all[end].continues { end += 1 }
        while end > start {
            let phrase = words.phrase(start..<end)
            let named = phrase.utf8.count < DeviceNameIndex.fewestOctets ? .none : index.named(phrase)
            if named != .none, !portNames.contains(phrase) { return (named, end - start) }
            end -= 1
        }
        return (.none, 1)
    }
}
