import Alerting
import Inventory
import Listing

/// The standard body of a webhook, version 1: `docs/webhook.md` describes it field by field.
///
/// Fields may be added within a version; none is taken away or given another meaning.
enum WebhookBody {
    static let version = "1"

    static func json(_ notice: AlertNotice) -> JSONValue {
        [
            "version": .string(version),
            "delivery_id": .string(notice.id.description),
            "attempt": .integer(Int64(notice.attempt)),
            "receiver": line(notice.receiver),
            "reason": .string(notice.reason.rawValue),
            "status": .string(notice.isFiring ? "firing" : "resolved"),
            "title": .string(NoticeWords(notice).title),
            "group_labels": pairs(notice.groupLabels),
            "alert_count": .integer(Int64(notice.alertCount)),
            "left_out": .integer(Int64(max(0, notice.alertCount - notice.alerts.count))),
            "external_url": text(notice.externalURL),
            "at": time(notice.at),
            "alerts": .array(notice.alerts.map(alert)),
        ]
    }

    private static func alert(_ item: AlertNotice.Item) -> JSONValue {
        let alert = item.alert
        return [
            "id": .string(alert.id.description),
            "status": .string(alert.isOpen ? "firing" : "resolved"),
            "state": .string(alert.state.rawValue),
            "condition": .string(alert.condition.rawValue),
            "severity": .string(alert.severity.rawValue),
            "rule": line(alert.rule),
            "message": line(alert.message),
            "value": number(alert.value),
            "threshold": number(alert.threshold),
            "entity": line(alert.entity.key),
            "device_id": alert.entity.deviceID.map { .string($0.description) } ?? .null,
            "interface_id": alert.entity.interfaceID.map { .string($0.description) } ?? .null,
            "started_at": time(alert.startedAt),
            "fired_at": time(alert.firedAt),
            "resolved_at": time(alert.resolvedAt),
            "acknowledgement": alert.acknowledgement.map(acknowledgement) ?? .null,
            "labels": pairs(item.labels),
            "annotations": pairs(item.annotations),
            "link": text(WebAddress.link(item.link)),
            "device": alert.context.device.map(device) ?? .null,
            "interface": alert.context.interface.map(interface) ?? .null,
            "facts": .array(
                alert.context.facts.map { ["name": line($0.name), "text": line($0.text), "at": time($0.at)] }),
            "before": .array(alert.context.before.map { ["at": time($0.at), "text": line($0.text)] }),
            "cause": alert.context.cause.map(cause) ?? .null,
            "remedy": text(alert.context.remedy),
        ]
    }

    private static func acknowledgement(_ said: AlertAcknowledgement) -> JSONValue {
        ["at": time(said.at), "by": text(said.by), "note": text(said.note), "until": time(said.until)]
    }

    private static func device(_ device: AlertContext.Device) -> JSONValue {
        [
            "name": line(device.name), "address": line(device.address), "type": .string(device.type.rawValue),
            "location": text(device.location), "tags": .array(device.tags.map(line)),
        ]
    }

    private static func interface(_ interface: AlertContext.Interface) -> JSONValue {
        [
            "name": line(interface.name), "alias": text(interface.alias), "type": .string(interface.type.rawValue),
            "provider": text(interface.provider), "is_critical": .boolean(interface.isCritical),
            "speed": interface.speed.map { .integer($0) } ?? .null, "neighbor_name": text(interface.neighborName),
            "neighbor_port": text(interface.neighborPort),
        ]
    }

    private static func cause(_ cause: AlertCause) -> JSONValue {
        [
            "alert_id": .string(cause.alertID.description), "name": line(cause.name),
            "path": .array(cause.path.prefix(64).map(line)), "reason": line(cause.reason),
        ]
    }

    private static func pairs(_ pairs: [String: String]) -> JSONValue {
        var members: [JSONMember] = []
        var names: Set<String> = []
        for (name, value) in pairs.sorted(by: { $0.key < $1.key }) {
            let safe = PlainText.line(name, octetsMax: 200)
            if names.insert(safe).inserted { members.append(JSONMember(safe, .string(PlainText.lines(value)))) }
        }
        return .object(members)
    }

    private static func line(_ text: String) -> JSONValue { .string(PlainText.line(text, octetsMax: 4096)) }
    private static func text(_ text: String?) -> JSONValue { text.map { .string(PlainText.lines($0)) } ?? .null }
    private static func time(_ time: Timestamp?) -> JSONValue { time.map { .string($0.description) } ?? .null }
    private static func number(_ value: Double?) -> JSONValue {
        value.flatMap { $0.isFinite ? .real($0) : nil } ?? .null
    }
}
