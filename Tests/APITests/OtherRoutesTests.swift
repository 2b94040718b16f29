import API
import Catalog
import Inventory
import Jobs
import Listing
import Testing

@Suite struct OtherRoutesTests {
    @Test func healthTellsThePartsAndTheWorstOfThem() async throws {
        let api = try Fixture()
        let good = await api.send("GET", "/health")
        #expect(good.status == 200)
        #expect(try good.document["status"] == "healthy")
        #expect(try good.document["components"]?["catalog"]?["status"] == "healthy")
        try await api.catalog.close()
        let bad = await api.send("GET", "/health")
        #expect(bad.status == 503)
        #expect(try bad.document["status"] == "unhealthy")
        #expect(await api.send("GET", "/interfaces/list").status == 503)
    }

    @Test func runsAreListedTheLatestFirst() async throws {
        let api = try Fixture()
        for second in 1...3 {
            var run = JobRun(job: "j\(second)", trigger: .schedule, scheduledAt: Timestamp(seconds: Int64(second)))
            run.state = second == 2 ? .failed : .succeeded
            run.results = ["b": 2, "a": 1]
            try await api.catalog.saveJobRun(run)
        }
        let all = try await api.send("GET", "/jobs").document
        guard case .array(let items) = all["items"] else { return }
        #expect(items.map { $0["job"] } == ["j3", "j2", "j1"])
        #expect(items[0]["results"] == ["a": 1, "b": 2])
        #expect(try await api.send("GET", "/jobs?state=failed").document["total"] == 1)
        #expect(try await api.send("GET", "/jobs/schedules").document["total"] == 1)
        #expect(await api.send("GET", "/jobs/\(JobRunID.random())").status == 404)
        #expect(await api.send("POST", "/jobs/\(JobRunID.random())/cancel").status == 404)
        #expect(await api.send("POST", "/jobs/no-such-job/run").status == 404)
    }

    @Test func aRunThatIsNotRecordedYetIsShown() async throws {
        let api = try Fixture()
        let answer = await api.send("GET", "/jobs/\(ScriptedJobs.waiting.id)")
        #expect(answer.status == 200)
        #expect(try answer.document["state"] == "queued")
        #expect(await api.send("GET", "/jobs/\(JobRunID.random())").status == 404)
    }

    @Test func rulesAreListedCheckedExplainedAndCompared() async throws {
        let api = try Fixture()
        try await api.add("SW", [.camera])
        guard case .integer(let count) = try await api.send("GET", "/rules").document["total"] else { return }
        #expect(count >= 30)
        let checked = try await api.send("POST", "/rules/check", #"{"rules":"nonsense: ["}"#).document
        #expect(checked["valid"] == false)
        let why = try await api.send("POST", "/rules/explain", #"{"alias":"ISP_MAGTI_1G","if_type":6}"#).document
        #expect(why["type"] == "isp" && why["provider"] == "magti")
        #expect(try await api.send("POST", "/rules/diff", #"{"rules":""}"#).document["total"] == 0)
        #expect(await api.send("POST", "/rules/diff", #"{"rules":"nonsense: ["}"#).status == 422)
        #expect(await api.send("POST", "/rules/reload").status == 409)
        #expect(await api.send("POST", "/rules/explain", #"{"community":"x"}"#).status == 400)
    }

    @Test func whatChangesIsShownByTheNextList() async throws {
        let api = try Fixture(settings: APISettings())
        let (_, rows) = try await api.add("SW", [.access])
        #expect(try await api.send("GET", "/interfaces/critical").document["total"] == 0)
        _ = await api.send("PATCH", "/interfaces/\(rows[0].id)", #"{"is_critical":true}"#)
        #expect(try await api.send("GET", "/interfaces/critical").document["total"] == 1)
        #expect(try await api.send("GET", "/interfaces/summary").document["critical_interfaces"] == 1)
    }

    @Test(arguments: ["/rules", "/profiles", "/jobs/schedules"])
    func shortListsArePagedSortedSearchedAndCSVToo(_ path: String) async throws {
        let api = try Fixture()
        for name in ["a-one", "b-two"] {
            #expect(await api.send("PUT", "/profiles/\(name)", #"{"version":"2c","community":"x"}"#).status == 200)
        }
        let whole = try await api.send("GET", path).document
        guard case .array(let items) = whole["items"], case .integer(let total) = whole["total"] else { return }
        #expect(items.count == Int(total) && whole["next_cursor"] == .null)
        var seen: [JSONValue] = []
        var cursor = ""
        repeat {
            let page = try await api.send("GET", "\(path)?limit=1\(cursor)").document
            guard case .array(let rows) = page["items"] else { return }
            #expect(page["total"] == .integer(total))
            seen += rows
            if case .string(let next) = page["next_cursor"] { cursor = "&cursor=\(next)" } else { cursor = "" }
        } while !cursor.isEmpty
        #expect(seen == items)
        #expect(try await api.send("GET", "\(path)?q=no%20such%20row").document["total"] == 0)
        let csv = await api.send("GET", "\(path)?format=csv")
        #expect(csv.header("Content-Type")?.hasPrefix("text/csv") == true)
        #expect(csv.text.split(separator: "\r\n").count == Int(total) + 1)
        #expect(await api.send("GET", "\(path)?limt=1").status == 400)
    }

    @Test func aShortListIsSortedAsAsked() async throws {
        let api = try Fixture()
        for name in ["a", "c", "b"] {
            _ = await api.send("PUT", "/profiles/\(name)", #"{"version":"2c","community":"x"}"#)
        }
        guard case .array(let items) = try await api.send("GET", "/profiles?sort=-name").document["items"] else {
            return
        }
        #expect(items.map { $0["name"] } == ["c", "b", "a"])
    }
}
