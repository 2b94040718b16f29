import SNMP

struct ListenForTraps {
    static func main() async throws {
        var configuration = NotificationConfiguration()
        configuration.access.communities = [Community("public")]
        let listener = try NotificationListener(configuration)
        for await batch in listener.notifications {
            for notification in batch { print(line(notification)) }
        }
    }

    /// Who says what, in a line.
    static func line(_ notification: SNMPNotification) -> String {
        let agent = notification.agentAddress ?? notification.source
        return switch notification.kind {
        case .linkDown(let change): "\(agent.host): interface \(name(change)) went down"
        case .linkUp(let change): "\(agent.host): interface \(name(change)) came up"
        case .other(let name): "\(agent.host): \(name) \(notification.varBinds)"
        default: "\(agent.host): \(notification.kind)"
        }
    }

    /// The best of what the notification tells of its interface.
    static func name(_ change: LinkChange) -> String {
        if let octets = change.ifName ?? change.ifDescr { return String(decoding: octets, as: UTF8.self) }
        return change.ifIndex.map(String.init) ?? "?"
    }
}
