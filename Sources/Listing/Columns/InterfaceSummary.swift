public import Inventory

/// Counts over all interfaces at one moment.
public struct InterfaceSummary: Sendable, Hashable {
    /// How many there are.
    public var total = 0
    /// How many are uplinks to providers.
    public var isp = 0
    /// How many are trunks.
    public var trunk = 0
    /// How many are critical.
    public var critical = 0
    /// How many are monitored.
    public var monitored = 0
    /// When a discovery last read any of them.
    public var lastDiscovery: Timestamp?
    /// By type; every type has a count.
    public var byType: [InterfaceType: Int] = [:]
    /// By provider, of those that have one.
    public var byProvider: [String: Int] = [:]
    /// By name of ifOperStatus; `unknown` where the device did not say.
    public var byOperStatus: [String: Int] = [:]
    /// By name of ifAdminStatus; `unknown` where the device did not say.
    public var byAdminStatus: [String: Int] = [:]

    /// Counts these interfaces.
    public init(_ rows: some Sequence<InterfaceRow>) {
        for row in rows { count(row.interface, by: 1) }
        isp = byType[.isp] ?? 0
        trunk = byType[.trunk] ?? 0
    }

    /// Counts one interface as it is now instead of as it was; false, and nothing counted, where the latest discovery
    /// would have to be looked for again.
    public mutating func replace(_ old: Interface, with new: Interface) -> Bool {
        guard new.lastDiscoveredAt >= old.lastDiscoveredAt else { return false }
        count(old, by: -1)
        count(new, by: 1)
        isp = byType[.isp] ?? 0
        trunk = byType[.trunk] ?? 0
        return true
    }

    private mutating func count(_ interface: Interface, by step: Int) {
        total += step
        if interface.isCritical { critical += step }
        if interface.monitoringEnabled { monitored += step }
        lastDiscovery = max(lastDiscovery ?? interface.lastDiscoveredAt, interface.lastDiscoveredAt)
        Self.count(interface.interfaceType, by: step, in: &byType)
        if let provider = interface.ispProvider { Self.count(provider, by: step, in: &byProvider) }
        Self.count(Self.name(interface.facts.operStatus), by: step, in: &byOperStatus)
        Self.count(Self.name(interface.facts.adminStatus), by: step, in: &byAdminStatus)
    }

    private static func count<Key: Hashable>(_ key: Key, by step: Int, in counts: inout [Key: Int]) {
        let sum = (counts[key] ?? 0) + step
        counts[key] = sum == 0 ? nil : sum
    }

    private static func name(_ status: Int?) -> String {
        status.map(InterfaceStatus.name) ?? "unknown"
    }

    /// The summary as a document.
    public var json: [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.beginObject()
        for (name, count) in [
            ("total_interfaces", total), ("isp_interfaces", isp), ("trunk_interfaces", trunk),
            ("critical_interfaces", critical), ("monitoring_enabled", monitored),
        ] {
            writer.key(name)
            writer.integer(Int64(count))
        }
        writer.key("last_discovery")
        writer.cell(Cell(lastDiscovery))
        let types = InterfaceType.allCases.map { ($0.rawValue, Int64(byType[$0] ?? 0)) }
        writer.key("by_type")
        writer.cell(.counts(Dictionary(uniqueKeysWithValues: types)))
        for (name, counts) in [
            ("by_provider", byProvider), ("by_status", byOperStatus), ("by_admin_status", byAdminStatus),
        ] {
            writer.key(name)
            writer.cell(.counts(counts.mapValues { Int64($0) }))
        }
        writer.endObject()
        return writer.bytes
    }
}
