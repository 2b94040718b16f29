import Classification
import Discovery
import Inventory

/// What `probe` prints of one device: its system group, its interfaces as rules see them, its neighbours.
struct ProbeReport: Sendable {
    /// What the device answered about its interfaces, and what it hears on each.
    let reading: DeviceReading
    /// What its neighbour tables say.
    let neighbours: DeviceNeighbours
    /// The rules that say what its interfaces are for.
    let rules: RuleSet

    /// A report.
    init(reading: DeviceReading, neighbours: DeviceNeighbours = DeviceNeighbours(), rules: RuleSet) {
        var reading = reading
        reading.neighbours = neighbours.facts
        self.reading = reading
        self.neighbours = neighbours
        self.rules = rules
    }

    /// `{"system": …, "interfaces": […], "neighbours": […]}`, interfaces in the order of ifIndex.
    var json: JSONValue {
        [
            "system": system, "interfaces": .array(reading.interfaces.map(interface)),
            "neighbours": .array(neighbourRows),
        ]
    }

    /// The report for people: a sheet of the system, then tables of interfaces and neighbours.
    func text(width: Int?, colours: Bool) -> String {
        let rows = reading.interfaces.map(interface)
        let table = Table(columns: Columns.probedInterfaces, rows: rows)
        let count = "\(rows.count) \(rows.count == 1 ? "interface" : "interfaces")"
        let interfaces = [count, table.render(width: width, colours: colours)]
        return ([ObjectSheet.render(system)] + interfaces + neighbourText(width: width, colours: colours))
            .joined(separator: "\n\n")
    }

    private var system: JSONValue {
        let facts = reading.system
        let profile = DeviceProfile.infer(sysObjectID: facts.sysObjectID, sysDescr: facts.sysDescr)
        return [
            "sys_name": JSONValue(facts.sysName),
            "sys_descr": JSONValue(facts.sysDescr),
            "sys_object_id": JSONValue(facts.sysObjectID),
            "sys_up_time": JSONValue(facts.sysUpTime),
            "sys_contact": JSONValue(facts.sysContact),
            "sys_location": JSONValue(facts.sysLocation),
            "if_number": JSONValue(facts.ifNumber),
            "if_table_last_change": JSONValue(facts.ifTableLastChange),
            "vendor": JSONValue(profile.vendor),
            "model": JSONValue(profile.model),
            "os_version": JSONValue(profile.osVersion),
            "device_type": JSONValue(profile.deviceType?.rawValue),
        ]
    }

    private func interface(_ facts: InterfaceFacts) -> JSONValue {
        let neighbour = reading.neighbours[facts.ifIndex]?.first
        let verdict = rules.classify(ClassificationInput(facts: facts, neighbour: neighbour))
        return [
            "if_index": JSONValue(facts.ifIndex),
            "if_name": JSONValue(facts.ifName),
            "if_descr": JSONValue(facts.ifDescr),
            "if_alias": JSONValue(facts.ifAlias),
            "if_type": JSONValue(facts.ifType),
            "if_mtu": JSONValue(facts.ifMtu),
            "if_speed": JSONValue(facts.ifSpeed),
            "duplex": JSONValue(facts.duplex?.rawValue),
            "if_phys_address": JSONValue(facts.ifPhysAddress),
            "if_admin_status": JSONValue(facts.adminStatus),
            "if_admin_status_name": JSONValue(facts.adminStatus.map(InterfaceStatus.name)),
            "if_oper_status": JSONValue(facts.operStatus),
            "if_oper_status_name": JSONValue(facts.operStatus.map(InterfaceStatus.name)),
            "if_last_change": JSONValue(facts.ifLastChange),
            "if_connector_present": JSONValue(facts.connectorPresent),
            "if_counter_discontinuity_time": JSONValue(facts.counterDiscontinuityTime),
            "interface_type": .string(verdict.type.rawValue),
            "isp_provider": JSONValue(verdict.provider),
            "is_critical": JSONValue(verdict.isCritical),
            "classification_confidence": JSONValue(verdict.confidence),
            "classification_rule": .string(verdict.rule),
        ]
    }
}
