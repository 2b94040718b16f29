import API
import FoundationEssentials
import Inventory
import Testing

@testable import Server

@Suite struct HealthProbesTests {
    @Test(
        arguments: [
            (.succeeded, 5, 0, .healthy), (.partial, 4, 1, .healthy), (.partial, 1, 4, .degraded),
            (.partial, 0, 3, .degraded), (.failed, 0, 0, .degraded), (.succeeded, 0, 0, .healthy),
        ] as [(JobState, Int64, Int64, HealthState)])
    func aDiscoveryThatReadFewDevicesIsDegraded(
        _ state: JobState, _ read: Int64, _ failed: Int64, _ expected: HealthState
    ) {
        var run = JobRun(job: "discover-all-interfaces", trigger: .manual, scheduledAt: Timestamp(seconds: 1))
        run.state = state
        run.results = ["devices_discovered": read, "devices_failed": failed]
        #expect(HealthProbes.state(of: run, .discovery).state == expected)
        run.results = ["devices_read": read, "devices_failed": failed]
        #expect(HealthProbes.state(of: run, .topology).state == expected)
    }

    @Test func aCatalogThatWasDeletedOrReplacedIsTold() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID()).sqlite").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([1]).write(to: URL(filePath: path))
        let file = CatalogFile(path: path)
        #expect(file.fault == nil)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        defer { try? FileManager.default.removeItem(atPath: path + ".old") }
        #expect(file.fault?.contains("is gone") == true)
        try Data([1]).write(to: URL(filePath: path))
        #expect(file.fault?.contains("another file") == true)
    }
}
