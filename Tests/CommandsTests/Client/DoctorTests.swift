import Inventory
import Testing

@testable import Commands

/// What the doctor concludes from what a server says.
@Suite("The doctor")
struct DoctorTests {
    private static let now = "2026-03-01T12:00:00.000Z"

    /// A server where all is well, asked at noon.
    private func well() throws -> DoctorAnswers {
        var answers = DoctorAnswers()
        answers.now = try #require(Timestamp(Self.now))
        answers.health = ["status": "healthy", "components": ["storage": ["status": "healthy", "detail": "fine"]]]
        answers.schedules = [
            "discover-all-interfaces", "collect-interface-metrics", "update-interface-summaries",
            "check-interface-thresholds", "discover-topology", "learn-baselines", "check-anomalies",
        ].map {
            ["job": .string($0), "schedule": "hourly", "enabled": true, "next_run_at": "2026-03-01T13:00:00.000Z"]
        }
        for job in DoctorAnswers.jobs {
            answers.lastRuns[job] = ["id": "1", "state": "succeeded", "ended_at": "2026-03-01T11:45:00.000Z"]
        }
        answers.devices = [device("CORE-1"), device("CORE-2")]
        answers.summary = [
            "total_interfaces": 96, "isp_interfaces": 2, "monitoring_enabled": 90, "by_provider": ["magti": 2],
        ]
        answers.series = [
            "state": "working", "newest": "2026-03-01T11:59:00.000Z", "oldest": "2026-02-01T00:00:00.000Z",
            "interval_seconds": 300, "collection": ["missed_polls": 0, "dropped_readings": 0],
        ]
        answers.alerts = ["checked_at": "2026-03-01T11:59:30.000Z", "watched_interfaces": 90, "store_fault": nil]
        answers.receivers = [["name": "noc", "is_used": true, "waiting": 0, "last_error": nil]]
        answers.topology = ["total_devices": 2, "connected_devices": 2]
        answers.baselines = [
            "total": 336, "confidence_word": "high", "last_updated": "2026-02-28T06:00:00.000Z", "look_back_days": 14,
        ]
        answers.anomalies = [
            "checked_at": "2026-03-01T11:58:00.000Z", "watched_interfaces": 90, "incidents_last_week": ["raised": 3],
        ]
        return answers
    }

    private func device(_ name: String, status: String = "up", enabled: Bool = true) -> JSONValue {
        [
            "name": .string(name), "ip": "192.0.2.1", "enabled": .bool(enabled), "status": .string(status),
            "last_complete_discovery_at": "2026-03-01T11:45:00.000Z", "last_error": nil,
        ]
    }

    private func findings(_ answers: DoctorAnswers, phase: Int? = nil) -> [Finding] {
        DoctorCommand.findings(answers, phase: phase)
    }

    private func bad(_ answers: DoctorAnswers, phase: Int? = nil) -> [String] {
        findings(answers, phase: phase).filter { $0.verdict != .good }.map {
            "\($0.verdict.rawValue) \($0.check): \($0.text)"
        }
    }

    @Test("Where all is well nothing is found, in any phase", arguments: [nil, 1, 2, 3])
    func allIsWell(phase: Int?) throws {
        #expect(bad(try well(), phase: phase).isEmpty)
    }

    @Test("A phase is checked with those before it, not those behind it")
    func phases() throws {
        var answers = try well()
        answers.schedules = []
        answers.schedules = try well().schedules.map { schedule in
            guard let job = schedule["job"]?.string,
                ["discover-topology", "learn-baselines", "check-anomalies"].contains(job)
            else { return schedule }
            return ["job": .string(job), "schedule": "daily", "enabled": false, "next_run_at": nil]
        }
        #expect(bad(answers, phase: 1).isEmpty && bad(answers, phase: 2).isEmpty)
        #expect(bad(answers, phase: 3).count == 3 && bad(answers, phase: 3).allSatisfy { $0.hasPrefix("failed ") })
        // Without a phase what is switched off is somebody's wish.
        #expect(bad(answers).count == 3 && bad(answers).allSatisfy { $0.hasPrefix("note ") })
    }

    @Test("Without a server that is told once, and nothing is said to be switched off")
    func noServer() throws {
        var answers = try well()
        answers.schedules = answers.schedules.map {
            ["job": $0["job"] ?? nil, "schedule": nil, "enabled": false, "next_run_at": nil]
        }
        #expect(bad(answers) == ["note server: no server works here: what follows is what is stored"])
        #expect(bad(answers, phase: 1).map { $0.prefix(14) } == ["failed server:"])
    }

    @Test("A device that never could be asked is silent too")
    func neverAsked() throws {
        var answers = try well()
        let members = (device("NEW", status: "unknown").members ?? []).filter { $0.name != "last_error" }
        answers.devices.append(.object(members + [.init(name: "last_error", value: "there are no credentials")]))
        #expect(bad(answers) == ["warning devices: 1 of 3 do not answer: NEW"])
    }

    @Test("A silent device is named, with the access list it needs and the question to ask by hand")
    func silentDevice() throws {
        var answers = try well()
        answers.devices.append(device("BR-7", status: "down"))
        answers.devices.append(device("OLD", status: "down", enabled: false))
        #expect(bad(answers) == ["warning devices: 1 of 3 do not answer: BR-7"])
        let finding = try #require(findings(answers, phase: 1).first { $0.verdict == .failed })
        let text = finding.remedies.joined(separator: "\n")
        #expect(
            text.contains("snmpwalk -v2c -c COMMUNITY 192.0.2.1") && text.contains("access-list ACL permit THIS-HOST"))
        #expect(text.contains("wardflux doctor --device BR-7"))
    }

    @Test("Why no metrics appear is told by what is missing first")
    func noMetrics() throws {
        var answers = try well()
        answers.series = ["state": "working", "newest": nil, "interval_seconds": 300]
        #expect(
            bad(answers) == [
                "warning metrics: nothing was recorded yet: the polls began a short while ago, or fail; the log of the server says which"
            ])
        answers.summary = [
            "total_interfaces": 96, "isp_interfaces": 2, "monitoring_enabled": 0, "by_provider": ["magti": 2],
        ]
        #expect(bad(answers)[0].hasSuffix("no interface is monitored"))
        answers.summary = ["total_interfaces": 0]
        #expect(bad(answers)[0].hasSuffix("no interface was discovered"))
        answers.devices = []
        #expect(bad(answers).contains { $0.hasSuffix("nothing was recorded yet: there are no devices") })
        answers = try well()
        answers.series = ["state": "working", "newest": "2026-03-01T11:40:00.000Z", "interval_seconds": 300]
        #expect(
            bad(answers, phase: 2)[0].hasPrefix(
                "failed metrics: the newest reading is 20 min old, and one is due every 5 min"))
    }

    @Test("Why nothing is learnt yet, and how to quiet what is too much")
    func learning() throws {
        var answers = try well()
        answers.baselines = ["total": 0, "look_back_days": 14, "next_learning_at": "2026-03-08T06:00:00.000Z"]
        answers.series = [
            "state": "working", "newest": "2026-03-01T11:59:00.000Z", "oldest": "2026-02-28T12:00:00.000Z",
            "interval_seconds": 300,
        ]
        #expect(
            bad(answers) == [
                "warning baselines: none are learnt yet: readings go back 24 h; they are learnt next at 2026-03-08T06:00:00.000Z"
            ])
        answers = try well()
        answers.anomalies = [
            "checked_at": "2026-03-01T11:58:00.000Z", "watched_interfaces": 90, "incidents_last_week": ["raised": 21],
        ]
        #expect(bad(answers) == ["note anomalies: 21 incidents in a week is more than people read"])
    }

    @Test("A receiver that cannot be told, a store that refuses, and a part that is unwell are told")
    func trouble() throws {
        var answers = try well()
        answers.receivers = [
            [
                "name": "noc", "is_used": true, "waiting": 3, "last_error": "it answers 503",
                "oldest_waiting_at": "2026-03-01T11:50:00.000Z",
            ]
        ]
        answers.alerts = ["checked_at": "2026-03-01T11:59:30.000Z", "store_fault": "no room is left"]
        answers.health = [
            "components": [
                "snmp": ["status": "degraded", "detail": "the kernel dropped 7 answers"],
                "storage": ["status": "unhealthy", "detail": "the disk failed"],
            ]
        ]
        answers.faults = ["topology": "it answered 500"]
        #expect(
            bad(answers) == [
                "failed topology: could not be asked: it answered 500", "warning snmp: the kernel dropped 7 answers",
                "failed storage: the disk failed", "failed alerts: alerts are not written: no room is left",
                "warning receivers: noc: 3 messages waiting for 10 min: it answers 503",
            ])
    }

    @Test(
        "A job that failed or did not run of late is told with what to do",
        arguments: [
            ("failed", "2026-03-01T11:45:00.000Z", "failed discovery: the last discover-all-interfaces failed"),
            (
                "succeeded", "2026-03-01T09:45:00.000Z",
                "warning discovery: the last discover-all-interfaces ended 2 h 15 min ago"
            ),
        ])
    func lastRun(state: String, ended: String, expected: String) throws {
        var answers = try well()
        answers.lastRuns["discover-all-interfaces"] = ["id": "1", "state": .string(state), "ended_at": .string(ended)]
        #expect(bad(answers) == [expected])
    }

    @Test("Lines line up, and control characters of devices do not reach the terminal")
    func lines() {
        let finding = Finding(verdict: .failed, check: "devices", text: "1 of 2\u{1B}[31m", remedies: ["do this"])
        #expect(finding.lines[0].hasPrefix("failed   devices     1 of 2") && !finding.lines[0].contains("\u{1B}"))
        #expect(finding.lines[1] == String(repeating: " ", count: 21) + "do this")
    }

    @Test(
        "Ages are told in the unit that fits",
        arguments: [
            (119.0, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 h"), (9_000, "2 h 30 min"),
            (172_800, "2 days"),
            (-5, "0 s"), (.infinity, "0 s"),
        ])
    func ages(seconds: Double, text: String) {
        #expect(Ages.text(seconds) == text)
    }
}
