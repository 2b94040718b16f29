import Discovery
import Inventory
import Listing

/// `/devices/import` and `/devices/sweep`: many devices at once.
struct DeviceImportRoutes: RouteGroup {
    let state: APIState
    private static let tag = "devices"
    private static let rangeRule = TextRule.word(max: 100, marks: ".:/-")
    private static let rangeCount = 1...256
    private static let profileCount = 0...32
    private static let rates = 1...100_000

    var routes: [Route] {
        [importDevices, sweep]
    }

    private var importDevices: Route {
        Route(
            method: "POST", path: "/devices/import", operation: "importDevices", tag: Self.tag,
            summary: "Imports devices from a file; importing it again changes nothing.",
            doc: "CSV has the columns name,ip,port,version,community,profile,device_type,location,tags. A community "
                + "becomes an encrypted profile. Devices match by name, then by address and port.",
            query: [
                QueryParameter(
                    name: "format", doc: "Form of the file; by default csv, or netbox-json for JSON.",
                    schema: Schema.choice(DeviceImportRequest.Format.allCases.map(\.rawValue))),
                QueryParameter(
                    name: "mode",
                    doc: "What happens to a file with errors: all keeps nothing of it, good keeps the good rows.",
                    schema: Schema.choice(["all", "good"])),
                QueryParameter(
                    name: "dry_run", doc: "Whether only to check and tell what would happen.",
                    schema: Schema.boolean()),
            ],
            body: BodyDescription(
                doc: "The file, in UTF-8.",
                contents: [("text/csv", .object([])), ("application/json", .object([]))]),
            answers: [
                AnswerDescriptions.json("ImportReport", "What was done; errors of rows that were left out."),
                CommonAnswers.problem(409, "Two devices would have the same name, or address and port."),
                CommonAnswers.problem(422, "The file has errors; nothing of it was kept."),
            ]
        ) { call in
            let request = try Self.importRequest(call)
            let report = try await state.services.importDevices(request)
            if !request.isDryRun { state.inventoryChanged() }
            if !report.failures.isEmpty, !request.keepsGoodRows { throw Self.refusal(report) }
            return Answers.json(Self.document(report, isDryRun: request.isDryRun))
        }
    }

    private var sweep: Route {
        Route(
            method: "POST", path: "/devices/sweep", operation: "sweepAddresses", tag: Self.tag,
            summary: "Looks for devices in ranges of addresses.",
            doc: "A range is an address, a prefix such as 10.1.0.0/24, or two ends such as 10.1.0.1-10.1.0.50.",
            body: BodyDescription(doc: "Where to look, and how.", contents: [("application/json", Self.sweepSchema)]),
            answers: [
                AnswerDescriptions.accepted,
                CommonAnswers.problem(422, "A range cannot be read, or is too large."),
            ]
        ) { call in
            let (subject, parameters) = try Self.sweepRequest(call)
            return try await JobStarter(state: state).start(JobNames.sweep, subject: subject, parameters: parameters)
        }
    }

    private static var sweepSchema: JSONValue {
        Schema.object(
            [
                ("ranges", Schema.array(rangeRule.schema, count: rangeCount)),
                ("profiles", Schema.array(TextRule.profileName.schema, count: profileCount)),
                ("port", Schema.integer(1...65_535)),
                ("rate", Schema.integer(rates, doc: "Most requests a second.")),
                ("add", Schema.boolean("Whether new devices are added to the inventory.")),
            ], required: ["ranges"])
    }

    private static func sweepRequest(_ call: Call) throws -> (subject: String, parameters: [String: String]) {
        var fields = try BodyFields(call.request)
        let ranges = fields.required("ranges", fields.texts("ranges", rangeRule, count: rangeCount)) ?? []
        let profiles = fields.notNull("profiles", fields.texts("profiles", .profileName, count: profileCount))
        let port = fields.notNull("port", fields.integer("port", in: 1...65_535))
        let rate = fields.notNull("rate", fields.integer("rate", in: rates))
        let add = fields.notNull("add", fields.boolean("add"))
        try fields.finish()
        do {
            _ = try AddressRanges(ranges.joined(separator: ","))
        } catch {
            throw Problem.refused(
                "ranges: \(error)", remedy: "Send addresses, prefixes or two ends, and fewer of them at a time.",
                errors: [ProblemError(field: "ranges", value: ranges.joined(separator: ","), detail: "\(error)")])
        }
        var parameters: [String: String] = [:]
        if let profiles, !profiles.isEmpty { parameters["profiles"] = profiles.joined(separator: ",") }
        if let port { parameters["port"] = String(port) }
        if let rate { parameters["rate"] = String(rate) }
        if let add { parameters["add"] = String(add) }
        return (ranges.joined(separator: ","), parameters)
    }

    private static func importRequest(_ call: Call) throws -> DeviceImportRequest {
        let isJSON = (call.request.header("Content-Type") ?? "").lowercased().hasPrefix("application/json")
        let formats = DeviceImportRequest.Format.allCases.map(\.rawValue)
        let name = try call.choice("format", of: formats, default: isJSON ? "netbox-json" : "csv")
        let format = DeviceImportRequest.Format(rawValue: name) ?? .csv
        let mode = try call.choice("mode", of: ["all", "good"], default: "all")
        guard (format == .netboxJSON) == isJSON else {
            let detail = "the body is \(isJSON ? "JSON" : "CSV") and the format \(name) is not"
            throw Problem.refused(
                detail, remedy: "Send the Content-Type and the format of the file.",
                errors: [ProblemError(field: "format", value: name, detail: detail)])
        }
        if isJSON {
            do { _ = try JSONParser.parse(call.request.body) } catch { throw Problem.brokenJSON(error) }
        }
        return DeviceImportRequest(
            format: format, keepsGoodRows: mode == "good", isDryRun: try call.flag("dry_run", default: false),
            bytes: call.request.body)
    }

    private static func refusal(_ report: DeviceImportReport) -> Problem {
        let count = report.failures.count
        return .refused(
            "the file has \(count) \(count == 1 ? "error" : "errors"); nothing of it was kept",
            remedy: "Correct the places named in errors, or send mode=good to keep the good rows.",
            errors: report.failures.prefix(Problem.errorsMax).map(error), total: count)
    }

    private static func document(_ report: DeviceImportReport, isDryRun: Bool) -> JSONValue {
        [
            "added": .integer(Int64(report.added)), "changed": .integer(Int64(report.changed)),
            "unchanged": .integer(Int64(report.unchanged)), "dry_run": .boolean(isDryRun),
            "skipped": .array(report.skipped.prefix(Problem.errorsMax).map { error($0).json }),
            "skipped_total": .integer(Int64(report.skipped.count)),
            "errors": .array(report.failures.prefix(Problem.errorsMax).map { error($0).json }),
            "errors_total": .integer(Int64(report.failures.count)),
        ]
    }

    private static func error(_ failure: DeviceImportReport.Failure) -> ProblemError {
        ProblemError(
            field: failure.field, value: failure.value, detail: failure.detail, line: failure.line,
            column: failure.column)
    }
}
