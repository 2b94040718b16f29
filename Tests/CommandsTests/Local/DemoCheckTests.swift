import SNMPLab
import Testing

@testable import Commands

@Suite struct DemoCheckTests {
    private static func bank() throws -> GroundTruth {
        try SimulatedNetwork(named: "bank-876", referenceMilliseconds: 1_700_000_000_000).groundTruth
    }

    private static let summary: JSONValue = [
        "total_interfaces": 3247, "isp_interfaces": 187, "trunk_interfaces": 456, "critical_interfaces": 201,
        "monitoring_enabled": 3120,
    ]

    @Test func `the bank's totals are those it is known for`() throws {
        #expect(DemoCheck.differences(Self.summary, try Self.bank()).isEmpty)
    }

    @Test func `each total that differs is told with both numbers`() throws {
        var members = try #require(Self.summary.members)
        members[2].value = 455
        members.removeLast()
        #expect(
            DemoCheck.differences(.object(members), try Self.bank())
                == ["trunk: 455 found, 456 simulated", "monitored: not told; 3120 were simulated"])
    }
}
