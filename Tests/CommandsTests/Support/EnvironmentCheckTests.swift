import Testing

@testable import Commands

@Suite struct EnvironmentCheckTests {
    @Test(
        arguments: [
            ("WARDFLUX_COMMUNTIY", "did you mean WARDFLUX_COMMUNITY?"),
            ("WARDFLUX_SNMP_RETRYS", "did you mean WARDFLUX_SNMP_RETRIES?"),
            ("WARDFLUX_HTTP_PROT", "did you mean WARDFLUX_HTTP_PORT?"),
            ("WARDFLUX_QQQQQQQQQQ", "passed over"),
        ])
    func `a variable that means nothing is told with the one that was meant, never with its value`(
        name: String, end: String
    ) async throws {
        let result = await run(["rules", "shipped"], environment: [name: "s3cret"])
        #expect(result.status == 0)
        let line = try #require(result.error.split(separator: "\n").first)
        #expect(line.hasPrefix("warning: ") && line.contains(name) && line.hasSuffix(end))
        #expect(!result.error.contains("s3cret"))
    }

    @Test func `variables that mean something, and those of others, are no matter`() {
        var environment = [
            "PATH": "/bin", "WARDFLUX_PORT_5001_TCP": "tcp://10.0.0.1:5001", "WARDFLUX_SERVICE_HOST": "h",
        ]
        for name in EnvironmentCheck.known { environment[name] = "x" }
        #expect(EnvironmentCheck.warnings(environment).isEmpty)
        #expect(EnvironmentCheck.known.contains("WARDFLUX_JOBS_DISCOVER_ALL_INTERFACES_SCHEDULE"))
    }
}
