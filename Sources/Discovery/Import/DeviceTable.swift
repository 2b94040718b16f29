import Inventory

/// The columns of our own CSV.
enum DeviceColumn: String, CaseIterable {
    case name, ip, port, version, community, profile
    case deviceType = "device_type"
    case location, tags
}

/// Reads a CSV with our own columns.
///
/// The header names the columns, in any order and case; `name` and `ip` must be there. An empty cell says nothing.
struct DeviceTable {
    private let text: DelimitedText
    private var columns: [DeviceColumn: Int] = [:]
    private var result = DeviceImport()

    init(_ octets: [UInt8]) {
        text = DelimitedText(octets)
    }

    consuming func read() -> DeviceImport {
        result.problems = text.problems
        guard let header = text.records.first else {
            if result.problems.isEmpty {
                result.problems = [
                    ImportProblem(at: nil, "the file is empty; its first line names the columns: \(Self.known)")
                ]
            }
            return result
        }
        readHeader(header)
        let headerIsGood = result.problems.isEmpty || columns.count == header.count
        guard columns[.name] != nil, columns[.ip] != nil else { return result }
        for (number, record) in text.records.dropFirst().enumerated() {
            guard number < DeviceImport.rowLimit else {
                report(record[0], nil, "more than \(DeviceImport.rowLimit) rows; split the file")
                break
            }
            readRow(record, width: header.count)
        }
        if !headerIsGood { result.drafts = [] }
        return result
    }

    private static var known: String { DeviceColumn.allCases.map(\.rawValue).joined(separator: ",") }

    private mutating func readHeader(_ header: [DelimitedText.Field]) {
        for (position, field) in header.enumerated() {
            guard let column = DeviceColumn(rawValue: DraftFields.folded(field.text)) else {
                let shown =
                    field.text.isEmpty ? "a column has no name" : "unknown column '\(DraftFields.shown(field.text))'"
                report(field, nil, "\(shown); the columns are \(Self.known)")
                continue
            }
            if columns[column] != nil {
                report(field, column, "the column '\(column.rawValue)' is named twice; remove one")
            } else {
                columns[column] = position
            }
        }
        for column in [DeviceColumn.name, .ip] where columns[column] == nil {
            let place = ImportPlace(line: header[0].line, column: header[0].column)
            result.problems.append(
                ImportProblem(at: place, "the column '\(column.rawValue)' is missing; the columns are \(Self.known)"))
        }
    }

    private mutating func report(_ field: DelimitedText.Field, _ column: DeviceColumn?, _ message: String) {
        let place = ImportPlace(line: field.line, column: field.column, field: column?.rawValue)
        result.problems.append(ImportProblem(at: place, message))
    }

    private mutating func readRow(_ record: [DelimitedText.Field], width: Int) {
        guard record.count == width else {
            let place = record.count > width ? record[width] : record[record.count - 1]
            report(
                place, nil,
                "the row has \(record.count) fields and the header \(width); quote fields that contain the delimiter")
            return
        }
        let problemsBefore = result.problems.count
        let name = field(.name, record) { text throws(DraftFields.Refusal) in try DraftFields.name(text) }
        let address = field(.ip, record) { text throws(DraftFields.Refusal) in try DraftFields.address(text) }
        var draft = DeviceDraft(name: name ?? "", address: address ?? "")
        let first = columns[.name].map { record[$0] } ?? record[0]
        draft.place = ImportPlace(line: first.line, column: first.column)
        draft.places.name = place(.name, record)
        draft.places.address = place(.ip, record)
        draft.places.profile = place(.profile, record)
        draft.port = field(.port, record) { text throws(DraftFields.Refusal) in try DraftFields.port(text) }
        draft.deviceType = field(.deviceType, record) { text throws(DraftFields.Refusal) in
            try DraftFields.deviceType(text)
        }
        draft.location = field(.location, record) { text throws(DraftFields.Refusal) in text }
        draft.tags = field(.tags, record) { text throws(DraftFields.Refusal) in DraftFields.tags(text) }
        readCredentials(record, into: &draft)
        if result.problems.count == problemsBefore { result.drafts.append(draft) }
    }

    private mutating func readCredentials(_ record: [DelimitedText.Field], into draft: inout DeviceDraft) {
        draft.version = field(.version, record) { text throws(DraftFields.Refusal) in try DraftFields.version(text) }
        draft.community = field(.community, record) { text throws(DraftFields.Refusal) in Secret(text) }
        draft.profile = field(.profile, record) { text throws(DraftFields.Refusal) in text }
        if draft.community != nil, draft.profile != nil, let cell = cell(.community, record) {
            report(cell, .community, "the row has a community and a profile; leave one of them empty")
        }
        if draft.version == .v3, draft.community != nil, let cell = cell(.community, record) {
            report(cell, .community, "SNMPv3 has no community; name a credential profile in the column 'profile'")
        }
        guard draft.version != nil, draft.community == nil, draft.profile == nil, let cell = cell(.version, record)
        else { return }
        report(
            cell, .version,
            draft.version == .v3
                ? "SNMPv3 needs a credential profile; name it in the column 'profile'"
                : "the version goes with a community or a profile, and the row has neither; give one of them, or leave "
                    + "the version empty")
    }

    private func place(_ column: DeviceColumn, _ record: [DelimitedText.Field]) -> ImportPlace? {
        cell(column, record).map { ImportPlace(line: $0.line, column: $0.column, field: column.rawValue) }
    }

    private func cell(_ column: DeviceColumn, _ record: [DelimitedText.Field]) -> DelimitedText.Field? {
        columns[column].map { record[$0] }
    }

    /// A cell read, nil where the column is absent, the cell empty and not required, or refused; refusals are reported.
    private mutating func field<Value>(
        _ column: DeviceColumn, _ record: [DelimitedText.Field],
        _ read: (String) throws(DraftFields.Refusal) -> Value
    ) -> Value? {
        guard let cell = cell(column, record) else { return nil }
        let text = DraftFields.trimmed(cell.text)
        if text.isEmpty, column != .name, column != .ip { return nil }
        do {
            return try read(text)
        } catch {
            report(cell, column, error.message)
            return nil
        }
    }
}
