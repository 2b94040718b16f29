import API
import FoundationEssentials
import Listing
import Testing

@Suite struct OpenAPITests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/openapi.json")

    private func document() async throws -> JSONValue {
        try await (try Fixture()).send("GET", "/openapi.json").document
    }

    private func members(_ value: JSONValue?) -> [JSONMember] {
        if case .object(let members) = value { members } else { [] }
    }

    /// `WARDFLUX_GOLDEN=write swift test` writes the file anew.
    @Test func theCommittedDocumentIsWhatTheServerServes() async throws {
        let present = await (try Fixture()).send("GET", "/openapi.json").bytes
        if ProcessInfo.processInfo.environment["WARDFLUX_GOLDEN"] == "write" {
            try Data(present + [10]).write(to: Self.golden)
        }
        let kept = try Data(contentsOf: Self.golden)
        #expect(kept == Data(present + [10]), "docs/openapi.json is another one; run with WARDFLUX_GOLDEN=write")
    }

    @Test func everyRouteOfTheContractIsDocumented() async throws {
        let paths = members(try await document()["paths"])
        let found = paths.flatMap { path in
            members(path.value).map { "\($0.name.uppercased()) \(path.name.dropFirst("/api/v1".count))" }
        }
        for wanted in [
            "GET /health", "GET /interfaces/list", "GET /interfaces/summary", "GET /interfaces/device/{id}",
            "GET /interfaces/critical", "GET /interfaces/isp", "POST /interfaces/discover/{id}",
            "POST /interfaces/discover/all", "PATCH /interfaces/{id}", "GET /interfaces/{id}", "GET /devices",
            "POST /devices", "GET /devices/{id}", "PATCH /devices/{id}", "DELETE /devices/{id}", "POST /devices/import",
            "POST /devices/sweep", "GET /profiles", "POST /profiles", "GET /profiles/{name}",
            "PUT /profiles/{name}", "PATCH /profiles/{name}", "DELETE /profiles/{name}", "GET /snmp/statistics",
            "GET /devices/{id}/snmp", "GET /jobs",
            "GET /jobs/schedules", "GET /jobs/{id}", "POST /jobs/{name}/run", "POST /jobs/{id}/cancel", "GET /rules",
            "POST /rules/check", "POST /rules/explain", "POST /rules/diff", "POST /rules/reload", "GET /events",
            "GET /traps",
            "GET /openapi.json", "GET /interfaces/{id}/metrics", "GET /interfaces/{id}/readings",
            "GET /interfaces/{id}/summary", "GET /interfaces/top", "GET /series/statistics", "GET /series/export",
            "POST /series/import", "GET /topology", "GET /topology/statistics", "GET /topology/orphans",
            "POST /topology/orphans/adopt", "GET /topology/contradictions", "GET /topology/changes",
            "GET /topology/revisions", "GET /topology/single-points", "GET /topology/impact", "GET /topology/path",
            "GET /topology/links", "POST /topology/links", "DELETE /topology/links/{id}", "GET /topology/export",
            "GET /devices/{id}/neighbours", "POST /topology/discover", "POST /topology/discover/{id}",
            "GET /anomalies", "GET /anomalies/{id}", "GET /anomalies/statistics", "GET /anomalies/actions",
            "POST /anomalies/{id}/actions", "DELETE /anomalies/actions/{id}", "GET /incidents", "GET /incidents/{id}",
            "GET /interfaces/{id}/baselines", "GET /interfaces/{id}/anomalies", "GET /interfaces/{id}/expected",
            "GET /interfaces/{id}/replay", "GET /baselines/statistics", "POST /baselines/learn",
            "POST /baselines/relearn", "GET /baselines/exclusions", "POST /baselines/exclusions",
            "DELETE /baselines/exclusions/{id}", "GET /interfaces/{id}/forecast", "GET /forecasts",
            "GET /alerts", "GET /alerts/history", "GET /alerts/statistics", "GET /alerts/{id}",
            "POST /alerts/{id}/acknowledge", "POST /alerts/{id}/unacknowledge", "POST /alerts/{id}/silence",
            "GET /alerts/rules",
            "POST /alerts/rules/check", "POST /alerts/replay", "GET /silences", "POST /silences", "GET /silences/{id}",
            "PATCH /silences/{id}", "POST /silences/{id}/expire", "DELETE /silences/{id}", "GET /maintenance-windows",
            "POST /maintenance-windows", "GET /maintenance-windows/{id}", "PATCH /maintenance-windows/{id}",
            "DELETE /maintenance-windows/{id}", "GET /receivers", "POST /receivers/{name}/trial", "GET /deliveries",
        ] { #expect(found.contains(wanted), "\(wanted)") }
        #expect(paths.contains { $0.name == "/metrics/interfaces" })
    }

    @Test func everyDocumentedOperationIsAnswered() async throws {
        let api = try Fixture()
        for path in members(try await document()["paths"]) {
            let place = path.name.replacing("{id}", with: "00000000-0000-0000-0000-000000000000").replacing(
                "{name}", with: "x")
            for operation in members(path.value) {
                let answer = await api.application.respond(
                    to: APIRequest(operation.name.uppercased(), place, origin: .process))
                let documented = members(operation.value["responses"]).map(\.name)
                #expect(documented.contains(String(answer.status)), "\(operation.name) \(place): \(answer.status)")
                #expect(answer.status != 405)
            }
        }
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        let document = try await document()
        let known = Set(members(document["components"]?["schemas"]).map(\.name))
        func check(_ value: JSONValue) {
            switch value {
            case .object(let members):
                for member in members {
                    if member.name == "$ref", case .string(let target) = member.value {
                        #expect(known.contains(String(target.split(separator: "/").last ?? "")), "\(target)")
                    }
                    check(member.value)
                }
            case .array(let elements): elements.forEach(check)
            default: break
            }
        }
        check(document)
    }

    @Test func operationsHaveNamesOfTheirOwn() async throws {
        let names = members(try await document()["paths"]).flatMap { members($0.value) }.map { $0.value["operationId"] }
        #expect(Set(names).count == names.count)
    }
}
