import Inventory

/// Which of NetBox's device fields are read, under the names of its exports and of its REST API.
enum NetBoxColumn: String, CaseIterable {
    case name, status, role, site, location, tags
    case primaryIP = "primary_ip"
    case primaryIPv4 = "primary_ip4"
    case primaryIPv6 = "primary_ip6"

    /// Names that only NetBox uses.
    static let telling: Set<String> = [
        "ip_address", "ipv4_address", "ipv6_address", "primary_ip", "primary_ip4", "primary_ip6", "primary_ipv4",
        "primary_ipv6", "device_role", "manufacturer",
    ]

    /// The field a folded column name means: exports of NetBox 3 and 4, templates, REST field names.
    init?(folded name: String) {
        switch name {
        case "name", "device", "device_name": self = .name
        case "status", "status_value": self = .status
        case "role", "device_role": self = .role
        case "site", "site_name": self = .site
        case "location": self = .location
        case "tags", "tag": self = .tags
        case "ip_address", "primary_ip", "primary_ip_address": self = .primaryIP
        case "ipv4_address", "primary_ip4", "primary_ipv4", "primary_ipv4_address": self = .primaryIPv4
        case "ipv6_address", "primary_ip6", "primary_ipv6", "primary_ipv6_address": self = .primaryIPv6
        default: return nil
        }
    }
}

/// What one NetBox device says, as text, and how it becomes a draft.
struct NetBoxDevice {
    var values: [NetBoxColumn: String] = [:]
    /// How NetBox shows the device, with or without a name.
    var display: String?
    var tags: [String]?

    /// Why it is no draft.
    enum Outcome {
        case draft(DeviceDraft)
        case refused(NetBoxColumn, ImportProblem.Severity, String)
    }

    func outcome() -> Outcome {
        guard let column = addressColumn, let written = value(column) else {
            let what = (givenName ?? shownName).map { "device '\(DraftFields.shown($0))'" } ?? "a device without a name"
            return .refused(
                .primaryIP, .skipped, "\(what) has no primary IP address; set one in NetBox to import it")
        }
        do {
            let host = written.split(separator: "/", maxSplits: 1).first.map(String.init) ?? written
            return draft(address: try DraftFields.address(host))
        } catch {
            return .refused(column, .error, error.message)
        }
    }

    /// The column that gives the address; nil where none does.
    var addressColumn: NetBoxColumn? {
        [.primaryIP, .primaryIPv4, .primaryIPv6].first { value($0) != nil }
    }

    /// The name, where the device has one: NetBox's tables write `Unnamed device` where it has none.
    private var givenName: String? {
        value(.name).flatMap { DraftFields.folded($0) == "unnamed_device" ? nil : $0 }
    }

    /// How NetBox shows a device without a name, such as `C9300 (17)`.
    private var shownName: String? {
        display.map { DraftFields.trimmed($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func draft(address: String) -> Outcome {
        do {
            let name = try DraftFields.name(givenName ?? shownName ?? address)
            var draft = DeviceDraft(name: name, address: address)
            draft.isNameGiven = givenName != nil
            draft.deviceType = value(.role).flatMap(Self.deviceType)
            draft.location = location
            draft.tags = tags
            draft.enabled = value(.status).map { DraftFields.folded($0) == "active" }
            return .draft(draft)
        } catch {
            return .refused(.name, .error, error.message + " in NetBox")
        }
    }

    private func value(_ column: NetBoxColumn) -> String? {
        let text = values[column].map { DraftFields.trimmed($0) }
        guard let text, !text.isEmpty, text != "—" else { return nil }
        return text
    }

    /// `Site / Location`, or what there is of it.
    private var location: String? {
        let parts = [value(.site), value(.location)].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " / ")
    }

    /// The kind of device a role's name or slug speaks of; nil where none is named.
    static func deviceType(ofRole role: String) -> DeviceType? {
        let folded = DraftFields.folded(role)
        let words = Set(folded.split(separator: "_").map(String.init))
        if folded.contains("firewall") || words.contains("fw") { return .firewall }
        if folded.contains("access_point") || folded.contains("wireless") || folded.contains("wifi")
            || words.contains("ap")
        {
            return .accessPoint
        }
        if folded.contains("switch") || words.contains("sw") { return .switch }
        if folded.contains("router") || words.contains("rtr") { return .router }
        if folded.contains("camera") || words.contains("cctv") { return .camera }
        if folded.contains("phone") || words.contains("voip") { return .phone }
        let servers = ["server", "hypervisor", "storage", "host"]
        return servers.contains(where: folded.contains) ? .server : nil
    }
}

/// Reads a NetBox export as CSV; columns that are not needed are passed over.
struct NetBoxTable {
    private let text: DelimitedText
    private var result = DeviceImport()

    init(_ octets: [UInt8]) {
        text = DelimitedText(octets)
    }

    consuming func read() -> DeviceImport {
        result.problems = text.problems
        guard let header = text.records.first else {
            if result.problems.isEmpty {
                result.problems = [ImportProblem(at: nil, "the file is empty; export the devices from NetBox as CSV")]
            }
            return result
        }
        let columns = header.map { NetBoxColumn(folded: DraftFields.folded($0.text)) }
        let hasAddress = [NetBoxColumn.primaryIP, .primaryIPv4, .primaryIPv6].contains { columns.contains($0) }
        guard columns.contains(.name), hasAddress else {
            let missing = columns.contains(.name) ? "IP Address" : "Name"
            let place = ImportPlace(line: header[0].line, column: header[0].column)
            result.problems.append(
                ImportProblem(
                    at: place, "the column '\(missing)' is missing; add it to the table in NetBox and export again"))
            return result
        }
        for record in text.records.dropFirst().prefix(DeviceImport.rowLimit) { readRow(record, columns) }
        if text.records.count > DeviceImport.rowLimit + 1 {
            let place = ImportPlace(line: text.records[DeviceImport.rowLimit + 1][0].line)
            result.problems.append(
                ImportProblem(at: place, "more than \(DeviceImport.rowLimit) devices; split the file"))
        }
        return result
    }

    private mutating func readRow(_ record: [DelimitedText.Field], _ columns: [NetBoxColumn?]) {
        guard record.count == columns.count else {
            let place = ImportPlace(line: record[0].line, column: record[record.count - 1].column)
            result.problems.append(
                ImportProblem(at: place, "the row has \(record.count) fields and the header \(columns.count)"))
            return
        }
        var device = NetBoxDevice()
        var places: [NetBoxColumn: DelimitedText.Field] = [:]
        for (column, field) in zip(columns, record) {
            guard let column, places[column] == nil else { continue }
            device.values[column] = field.text
            places[column] = field
        }
        device.tags = device.values[.tags].map { DraftFields.tags($0) }
        let anyAddress = places[.primaryIP] ?? places[.primaryIPv4] ?? places[.primaryIPv6]
        func place(_ column: NetBoxColumn?) -> ImportPlace? {
            guard let column, let cell = places[column] else { return nil }
            return ImportPlace(line: cell.line, column: cell.column, field: column.rawValue)
        }
        switch device.outcome() {
        case .draft(var draft):
            draft.place = places[.name].map { ImportPlace(line: $0.line, column: $0.column) }
            draft.places.name = place(.name)
            draft.places.address = place(device.addressColumn)
            result.drafts.append(draft)
        case .refused(let column, let severity, let message):
            let field = places[column] ?? anyAddress ?? record[0]
            let place = ImportPlace(line: field.line, column: field.column, field: column.rawValue)
            result.problems.append(ImportProblem(severity, at: place, message))
        }
    }
}
