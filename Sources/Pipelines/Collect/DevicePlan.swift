import Inventory
import SNMP

/// An interface whose counters are recorded, as the catalog has it.
struct PlannedInterface: Sendable, Hashable {
    var id: InterfaceID
    var ifIndex: UInt32
    /// ifSpeed of the catalog, for where ifHighSpeed says nothing.
    var ifSpeed: Int64?
    /// Status as the catalog has it.
    var recorded: LinkStatus
}

/// ifAdminStatus and ifOperStatus; 0 where one is not known or not 1 to 255.
struct LinkStatus: Sendable, Hashable {
    var admin: UInt8 = 0
    var oper: UInt8 = 0
}

extension LinkStatus {
    init(_ facts: InterfaceFacts) {
        admin = Self.octet(facts.adminStatus)
        oper = Self.octet(facts.operStatus)
    }

    private static func octet(_ status: Int?) -> UInt8 { status.flatMap { UInt8(exactly: $0) } ?? 0 }

    /// This status where it is known, else the other.
    func filled(from other: LinkStatus) -> LinkStatus {
        LinkStatus(admin: admin == 0 ? other.admin : admin, oper: oper == 0 ? other.oper : oper)
    }
}

/// All that polling one device takes.
struct DevicePlan: Sendable, Hashable {
    var deviceID: DeviceID
    var name: String
    var target: Target
    /// The interfaces to record, ascending by ifIndex, each ifIndex once; none where the device is only asked whether it is
    /// there.
    var interfaces: [PlannedInterface]
    /// Whether the status of one of them is watched more closely.
    var wantsStatusPolls: Bool
    /// When it was last certain which interface each ifIndex is; nil where it never was.
    var mapCheckedAt: Timestamp?
    /// Status of the device as the catalog has it.
    var recordedStatus: DeviceStatus

    /// Whether nothing is recorded of it, so that it is only asked for sysUpTime.
    var isPresenceOnly: Bool { interfaces.isEmpty }

    /// Whether SNMPv1 is spoken, which has no 64-bit counters.
    var isNarrowOnly: Bool { target.credential.version == .v1 }
}

/// Collects the rows of one device while all interfaces are read.
struct DevicePlanDraft {
    private var interfaces: [PlannedInterface] = []
    private var wantsStatusPolls = false
    private var oldestDiscovery: Timestamp?

    init() {}

    /// Takes a row in where its counters are to be recorded.
    mutating func add(_ row: Interface) {
        guard row.enabled, row.monitoringEnabled, row.missingSince == nil,
            let index = UInt32(exactly: row.facts.ifIndex)
        else { return }
        interfaces.append(
            PlannedInterface(
                id: row.id, ifIndex: index, ifSpeed: row.facts.ifSpeed, recorded: LinkStatus(row.facts)))
        if row.isCritical || row.interfaceType == .trunk { wantsStatusPolls = true }
        oldestDiscovery = min(oldestDiscovery ?? row.lastDiscoveredAt, row.lastDiscoveredAt)
    }

    /// Interfaces that share their ifIndex with another: whose counters are whose is not certain, so none are recorded.
    private(set) var ambiguousCount = 0

    /// The interfaces with their order; those that share an ifIndex are left out and counted.
    private mutating func unambiguous() -> [PlannedInterface] {
        let sorted = interfaces.sorted { ($0.ifIndex, $0.id) < ($1.ifIndex, $1.id) }
        let kept = sorted.indices.filter { place in
            (place == 0 || sorted[place - 1].ifIndex != sorted[place].ifIndex)
                && (place + 1 == sorted.count || sorted[place + 1].ifIndex != sorted[place].ifIndex)
        }
        ambiguousCount = sorted.count - kept.count
        return kept.map { sorted[$0] }
    }

    /// The interfaces that are recorded, those with a doubtful ifIndex too.
    var recorded: [InterfaceID] { interfaces.map(\.id) }

    /// Whether nothing of the device is recorded.
    var isEmpty: Bool { interfaces.isEmpty }

    /// The plan of the device.
    mutating func finished(_ device: Device, _ target: Target) -> DevicePlan {
        let rows = unambiguous()
        // A discovery that was not complete may still have read every one of them.
        let checked = [device.lastCompleteDiscoveryAt, oldestDiscovery].compactMap(\.self).max()
        return DevicePlan(
            deviceID: device.id, name: device.name, target: target, interfaces: rows,
            wantsStatusPolls: wantsStatusPolls && !rows.isEmpty, mapCheckedAt: checked, recordedStatus: device.status)
    }
}

/// What shall change among the devices that are polled; pure.
struct PlanDifference: Sendable, Hashable {
    /// Devices to poll from now on.
    var added: [DevicePlan] = []
    /// Devices whose address, credentials or kinds of polls changed.
    var retargeted: [DevicePlan] = []
    /// Devices where only the interfaces, or what is known of them, changed: their polls go on untouched.
    var revised: [DevicePlan] = []
    /// Devices to leave alone from now on.
    var removed: [DeviceID] = []

    init(from before: [DeviceID: DevicePlan], to after: [DeviceID: DevicePlan]) {
        for plan in after.values.sorted(by: { $0.deviceID < $1.deviceID }) {
            guard let old = before[plan.deviceID] else {
                added.append(plan)
                continue
            }
            guard old != plan else { continue }
            let isAskedOtherwise =
                old.wantsStatusPolls != plan.wantsStatusPolls || old.isPresenceOnly != plan.isPresenceOnly
            if old.target != plan.target || isAskedOtherwise {
                retargeted.append(plan)
            } else {
                revised.append(plan)
            }
        }
        removed = before.keys.filter { after[$0] == nil }.sorted()
    }

    /// Whether anything changes.
    var isEmpty: Bool { added.isEmpty && retargeted.isEmpty && revised.isEmpty && removed.isEmpty }
}
