import Inventory
import ObjectNames
import SNMP

/// Notifications for people, a line and its variable bindings below, and for programs, a JSON object a line.
struct NotificationPrinter: Sendable {
    /// How variable bindings are written.
    let text: ValueText
    /// Whether JSON is printed.
    let json: Bool

    /// The notification without a line break at its end.
    func text(_ notification: SNMPNotification) -> String {
        json
            ? JSONWriter.compact(Self.json(notification))
            : ([headline(notification)] + rows(notification))
                .joined(separator: "\n")
    }

    private func rows(_ notification: SNMPNotification) -> [String] {
        notification.varBinds.map { "  " + text.line($0) }
    }

    /// `2026-03-01 04:00:00 10.0.0.1:4711 2c trap IF-MIB::linkDown up 1:02:03.04`.
    private func headline(_ notification: SNMPNotification) -> String {
        var words = [
            Self.time(notification.receivedAtUnixMilliseconds), "\(notification.source)", "\(notification.version)",
            notification.isInform ? "inform" : "trap", text.name(notification.trapOID),
        ]
        if let ticks = notification.sysUpTime { words.append("up \(Octets.clock(ticks))") }
        if let agent = notification.agentAddress, agent.host != notification.source.host {
            words.append("of \(agent.host)")
        }
        switch notification.sender {
        case .community(isKnown: true): break
        case .community(isKnown: false): words.append("(unknown community)")
        case .user(let name, let level, _): words.append("(\(TextWidth.safe(name)), \(level.rawValue))")
        }
        return words.joined(separator: " ")
    }

    private static func time(_ milliseconds: Int64) -> String {
        let civil = CivilTime(secondsSince1970: milliseconds / 1000)
        return "\(civil.isoDate) \(civil.isoTime)"
    }

    /// `{"received_at": …, "source": …, "version": …, "type": …, "name": …, "oid": …, "rows": […]}` and more.
    static func json(_ notification: SNMPNotification, names: ObjectNames = .standard) -> JSONValue {
        let civil = CivilTime(secondsSince1970: notification.receivedAtUnixMilliseconds / 1000)
        var members: [(String, JSONValue)] = [
            ("received_at", .string("\(civil.isoDate)T\(civil.isoTime)Z")),
            ("source", .string("\(notification.source)")),
            ("agent_address", JSONValue(notification.agentAddress?.host)),
            ("version", .string("\(notification.version)")),
            ("type", notification.isInform ? "inform" : "trap"),
        ]
        switch notification.sender {
        case .community(let isKnown): members.append(("community_known", .bool(isKnown)))
        case .user(let name, let level, let engineID):
            members += [
                ("user", .string(name)), ("level", .string(level.rawValue)),
                ("engine_id", .string(Octets.hex(engineID, separator: ""))),
            ]
        }
        members += [
            ("name", .string(names.text(of: notification.trapOID))), ("oid", .string("\(notification.trapOID)")),
            ("enterprise", JSONValue(notification.enterprise.map { "\($0)" })),
            ("sys_up_time", JSONValue(notification.sysUpTime)),
            ("rows", .array(notification.varBinds.map { ValueText.json($0, names: names) })),
        ]
        return .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
    }
}
