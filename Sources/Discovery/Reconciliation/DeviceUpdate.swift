public import Catalog
public import Inventory

/// Why a device could not be read.
public struct DeviceFailure: Sendable, Hashable {
    /// What a failure says of the device.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Nothing came back: it is down, or the address, the port or the credentials are wrong.
        case unreachable
        /// Something came back that is of no use; whether the device is up is not known from it.
        case unusable
    }

    /// What the failure says of the device.
    public var kind: Kind
    /// What went wrong and what to do about it, without secrets.
    public var message: String

    /// A failure.
    public init(_ kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}

/// How the row of a device follows from what it answered.
public enum DeviceUpdate {
    /// The row after the device answered: facts from the system group, `up`, seen now.
    ///
    /// `updatedAt` moves only where more than `lastSeenAt`, `uptimeSeconds` and `lastCompleteDiscoveryAt` changed. What
    /// the operator gave stays: the device type unless it is `other`, the location unless it is empty.
    public static func answered(_ device: Device, reading: DeviceReading, at now: Timestamp) -> Device {
        var row = device
        let system = reading.system
        let profile = DeviceProfile.infer(sysObjectID: system.sysObjectID, sysDescr: system.sysDescr)
        row.sysName = system.sysName ?? row.sysName
        row.sysDescr = system.sysDescr ?? row.sysDescr
        row.sysObjectID = system.sysObjectID ?? row.sysObjectID
        row.vendor = profile.vendor ?? row.vendor
        row.model = profile.model ?? row.model
        row.osVersion = profile.osVersion ?? row.osVersion
        if row.deviceType == .other { row.deviceType = profile.deviceType ?? .other }
        if (row.location ?? "").isEmpty, let location = system.sysLocation, !location.isEmpty {
            row.location = location
        }
        row.status = .up
        row.lastError = reading.isComplete ? nil : reading.incompletenessReasons.joined(separator: "; ")
        if row != device { row.updatedAt = now }
        row.lastSeenAt = now
        row.uptimeSeconds = system.sysUpTime.map { $0 / 100 } ?? row.uptimeSeconds
        if reading.isComplete { row.lastCompleteDiscoveryAt = now }
        return row
    }

    /// What changes when a device could not be read: nothing of its interfaces.
    ///
    /// The device is nil where the row is already as it should be.
    public static func failed(_ device: Device, _ failure: DeviceFailure, at now: Timestamp) -> InterfaceRevision {
        var row = device
        if failure.kind == .unreachable { row.status = .down }
        row.lastError = failure.message
        var revision = InterfaceRevision(deviceID: device.id)
        if row != device {
            row.updatedAt = now
            revision.device = row
        }
        return revision
    }
}
