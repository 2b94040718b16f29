import Inventory

/// Finds devices by the names that people write into descriptions of interfaces.
///
/// A name counts where it has at least four characters and a letter, and is no word that descriptions use for anything.
struct DeviceNameIndex {
    /// What a phrase names.
    enum Named: Hashable {
        /// No device.
        case none
        /// This device, and no other.
        case one(DeviceID)
        /// More than one device.
        case several
    }

    private var entries: [String: Named] = [:]
    private var withDomain: Set<DeviceID> = []
    /// The most words that a name consists of.
    private(set) var longestName = 1

    /// An index of the names, the sysNames, and both without their domains.
    init(_ devices: [Device]) {
        for device in devices {
            for name in [device.name, device.sysName].compactMap({ $0 }) {
                let words = DescriptionWords(name)
                guard !words.all.isEmpty, words.isOnePhrase else { continue }
                add(words.phrase(0..<words.all.count), device.id)
                guard words.all.count == 1, let short = Self.short(words.all[0].text) else { continue }
                withDomain.insert(device.id)
                add(short, device.id)
            }
        }
    }

    private mutating func add(_ name: String, _ device: DeviceID) {
        guard Self.isTelling(name) else { return }
        longestName = max(longestName, min(name.utf8.count { $0 == 32 } + 1, Self.mostWords))
        let known = entries[name] ?? .one(device)
        entries[name] = known == .one(device) ? known : .several
    }

    /// What a phrase in lower case names.
    func named(_ phrase: String) -> Named {
        if let exact = entries[phrase] { return exact }
        guard let short = Self.short(phrase), case .one(let device) = entries[short] else { return .none }
        // Another domain than the device's own would be another device.
        return withDomain.contains(device) ? .none : .one(device)
    }

    private static let mostWords = 6

    /// The first label of a name with a domain.
    private static func short(_ name: String) -> String? {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")), !name.utf8.contains(32) else { return nil }
        return String(name[..<dot])
    }

    private static func isTelling(_ name: String) -> Bool {
        guard name.utf8.count >= fewestOctets, name.unicodeScalars.count >= 4 else { return false }
        return name.unicodeScalars.contains { $0.properties.isAlphabetic } && !generic.contains(name)
    }

    /// The fewest octets of a name that counts.
    static let fewestOctets = 4

    /// Words that say what an interface is for, and would name a device only by accident.
    private static let generic: Set<String> = [
        "access", "backbone", "backup", "branch", "bridge", "camera", "client", "control", "core", "cust", "customer",
        "data", "default", "dist", "distribution", "down", "downlink", "edge", "ethernet", "fiber", "fibre", "firewall",
        "free", "gateway", "guest", "host", "interface", "internal", "internet", "lacp", "link", "local", "localhost",
        "loopback", "main", "management", "master", "member", "mgmt", "monitor", "network", "none", "null", "office",
        "peer", "peering", "phone", "port", "primary", "printer", "reserved", "ring", "route", "router", "secondary",
        "server", "servers", "slave", "spare", "stack", "storage", "switch", "test", "transit", "trunk", "unused",
        "uplink", "upstream", "user", "users", "vlan", "voice", "voip", "wifi", "wireless",
    ]
}
