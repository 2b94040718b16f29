import Inventory
import Listing
import Series

/// Adds readings of a file to the store.
struct SeriesImport: Sendable {
    let state: APIState
    /// Readings merged at a time.
    private static let batchMax = 8_192

    /// The forms of a file.
    enum Format: String, Sendable, Hashable, CaseIterable {
        case csv
        case jsonl
    }

    /// What came of a file.
    struct Report: Sendable {
        var outcome = AppendOutcome()
        var readings = 0
        var unknownReadings = 0
        var unknownInterfaces: Set<String> = []
    }

    /// Reads a file as a whole, and adds it only where nothing of it is wrong.
    func run(_ octets: [UInt8], _ format: Format, firstLine: Int) async throws -> Report {
        let store = try state.services.metrics.store()
        let book = InterfaceBook(try await state.interfaces.value().listing)
        var report = Report()
        var errors = FileErrors()
        var readings: [SeriesReading] = []
        let take: ReadingFile.Take = { line, errors in
            var fields = ReadingFields(line.texts, line: line.number)
            let id = book.id(&fields, &report)
            let reading = fields.reading()
            errors.add(fields.errors)
            if errors.count == 0, let id, let reading { readings.append(SeriesReading(id, reading)) }
        }
        switch format {
        case .csv: ReadingFile.csv(octets, first: firstLine, &errors, take)
        case .jsonl: ReadingFile.jsonLines(octets, first: firstLine, &errors, take)
        }
        guard errors.count == 0 else { throw Self.refusal(errors) }
        report.readings = readings.count
        // Series by series, so that each block is opened once.
        readings.sort { ($0.interface, $0.reading.at) < ($1.interface, $1.reading.at) }
        var place = 0
        while place < readings.count {
            let batch = Array(readings[place..<min(place + Self.batchMax, readings.count)])
            report.outcome += try await store.merge(batch)
            place += batch.count
        }
        return report
    }

    private static func refusal(_ errors: FileErrors) -> Problem {
        let count = errors.count
        return .refused(
            "the readings have \(count) \(count == 1 ? "error" : "errors"); none of this body was added",
            remedy: "Correct the places named in errors and send it again: what is there already stays as it is.",
            errors: errors.first, total: count)
    }
}

/// Finds the interface of a reading: by its id, else by the names of its device and its own.
private struct InterfaceBook {
    private struct Name: Hashable {
        var device: String
        var interface: String
    }

    private let listing: Listing<InterfaceRow>
    private let byName: [Name: InterfaceID?]

    init(_ listing: Listing<InterfaceRow>) {
        self.listing = listing
        let pairs = listing.rows.map { row in
            (Name(device: row.deviceName, interface: row.interface.displayName), InterfaceID?.some(row.interface.id))
        }
        // Of two interfaces of one name neither is meant.
        byName = Dictionary(pairs, uniquingKeysWith: { _, _ in nil })
    }

    func id(_ fields: inout ReadingFields, _ report: inout SeriesImport.Report) -> InterfaceID? {
        let text = fields.label("interface_id")
        if let text, text.utf8.count != 36 || InterfaceID(text) == nil {
            fields.refuse("interface_id", text, "give a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e")
            return nil
        }
        if let id = text.flatMap({ InterfaceID($0) }), listing.row(RowID(id)) != nil { return id }
        let device = fields.label("device_name")
        let name = fields.label("if_name")
        if let device, let name, let id = byName[Name(device: device, interface: name)] ?? nil { return id }
        guard text != nil || (device != nil && name != nil) else {
            fields.refuse("interface_id", nil, "give the interface's id, or device_name and if_name")
            return nil
        }
        report.unknownReadings += 1
        report.unknownInterfaces.insert(
            [device, name].compactMap(\.self).joined(separator: ":") + (text.map { " " + $0 } ?? ""))
        return nil
    }
}
