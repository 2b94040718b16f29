import API
import Inventory
import Pipelines
import SNMP

extension TrapRecord {
    /// Variable bindings that are shown.
    private static let varBindsMax = 64
    /// Characters that are shown of a text.
    private static let charactersMax = 256

    /// A received notification as the API shows it: texts without control characters, and not longer than useful.
    init(_ trap: ReceivedTrap) {
        let notification = trap.notification
        self.init(
            receivedAt: trap.receivedAt, kind: notification.kind.description,
            trapOID: notification.trapOID.description, source: notification.source.host,
            version: notification.version.description, isInform: notification.isInform, isTrusted: true,
            varBinds: notification.varBinds.prefix(Self.varBindsMax).map { Self.printable($0.description) })
        deviceID = trap.device?.id
        deviceName = trap.device?.name
        interfaceID = trap.interface?.id
        agentAddress = notification.agentAddress?.host
        uptimeSeconds = notification.sysUpTime.map { Double($0) / 100 }
        switch notification.sender {
        case .community(let isKnown): isTrusted = isKnown
        case .user(let name, let level, _): (user, self.level) = (Self.printable(name), level.rawValue)
        }
        guard let link = trap.link else { return }
        ifIndex = link.ifIndex.map(Int64.init)
        adminStatus = link.adminStatus.map(Int64.init)
        operStatus = link.operStatus.map(Int64.init)
        interfaceName =
            trap.interface?.displayName
            ?? [link.ifName, link.ifDescr].compactMap { $0 }.first { !$0.isEmpty }.map {
                Self.printable(String(decoding: $0, as: UTF8.self))
            }
    }

    private static func printable(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(charactersMax).filter {
            $0.value >= 32 && !(127..<160).contains($0.value)
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
