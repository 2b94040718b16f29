import Alerting
import Catalog
import Inventory
import Listing

/// The answer about one alert: all that is known of it.
struct AlertStory: Sendable {
    let state: APIState

    /// Alerts it explains that the answer shows.
    static let explainedMax = 200
    /// Deliveries that the answer shows.
    static let deliveriesMax = 100

    /// One alert with what was known, what happened to it, what it explains and who was told.
    func answer(_ alert: Alert) async throws -> APIResponse {
        let catalog = state.services.catalog
        let changes = try await catalog.alertChanges(of: alert.id)
        let list = AlertList(state: state)
        let row = try await list.rows([alert])
        var behind = AlertQuery(limit: Self.explainedMax)
        behind.causes = [alert.id]
        let explained = try await catalog.alerts(behind).map { AlertRow(alert: $0) }
        var about = AlertDeliveryQuery(limit: Self.deliveriesMax)
        about.alert = alert.id
        let deliveries = try await catalog.deliveries(about).map { DeliveryRow($0) }
        var writer = JSONWriter(reserving: 4_096 + 1_500 * explained.count)
        writer.beginObject()
        for one in row { one.writeMembers(to: &writer) }
        writer.member("description", AlertWords.annotations(of: alert)["description"])
        writer.array("tellings", alert.tellings, Self.write)
        writer.key("context")
        Self.write(alert.context, to: &writer)
        writer.array("changes", changes, Self.write)
        writer.array("explained", explained) { $1.write(to: &$0) }
        writer.array("deliveries", deliveries) { DeliveryRow.schema.write($1, to: &$0) }
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    private static func write(_ writer: inout JSONWriter, _ telling: AlertTelling) {
        writer.beginObject()
        writer.member("receiver", telling.receiver)
        writer.member("at", telling.at)
        writer.member("severity", telling.severity.rawValue)
        writer.member("is_over", telling.isOver)
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ change: AlertChange) {
        writer.beginObject()
        writer.member("at", change.at)
        writer.member("kind", change.kind.rawValue)
        writer.member("author", change.author)
        writer.member("text", change.text)
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ fact: AlertFact) {
        writer.beginObject()
        writer.member("name", fact.name)
        writer.member("text", fact.text)
        writer.member("at", fact.at)
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ event: AlertEvent) {
        writer.beginObject()
        writer.member("at", event.at)
        writer.member("device_id", event.deviceID)
        writer.member("interface_id", event.interfaceID)
        writer.member("text", event.text)
        writer.endObject()
    }

    private static func write(_ context: AlertContext, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("device")
        write(context.device, to: &writer)
        writer.key("interface")
        write(context.interface, to: &writer)
        writer.array("facts", context.facts, write)
        writer.array("before", context.before, write)
        writer.member("remedy", context.remedy)
        writer.member("clear_since", context.clearSince)
        writer.member("penalty", context.penalty)
        writer.endObject()
    }

    private static func write(_ device: AlertContext.Device?, to writer: inout JSONWriter) {
        guard let device else { return writer.null() }
        writer.beginObject()
        writer.member("name", device.name)
        writer.member("ip", device.address)
        writer.member("device_type", device.type.rawValue)
        writer.member("location", device.location)
        writer.member("tags", device.tags)
        writer.endObject()
    }

    private static func write(_ interface: AlertContext.Interface?, to writer: inout JSONWriter) {
        guard let interface else { return writer.null() }
        writer.beginObject()
        writer.member("if_name", interface.name)
        writer.member("if_alias", interface.alias)
        writer.member("interface_type", interface.type.rawValue)
        writer.member("isp_provider", interface.provider)
        writer.member("is_critical", interface.isCritical)
        writer.member("if_speed", interface.speed)
        writer.member("lldp_neighbor_name", interface.neighborName)
        writer.member("lldp_neighbor_port", interface.neighborPort)
        writer.endObject()
    }
}
