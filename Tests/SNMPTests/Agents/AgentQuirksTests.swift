import Testing

@testable import SNMP

@Suite("Quirks of agents")
struct AgentQuirksTests {
    @Test(
        "are known by the beginning of sysObjectID",
        arguments: [
            ("1.3.6.1.4.1.41112.1.4", AgentQuirks.noGetBulk), ("1.3.6.1.4.1.10002.1.2", .noGetBulk),
            ("1.3.6.1.4.1.3808.1.1.3.7", .noGetBulk), ("1.3.6.1.4.1.6302.2", .noGetBulk),
            ("1.3.6.1.4.1.41112.1.5", AgentQuirks()), ("1.3.6.1.4.1.8072.3.2.10", AgentQuirks()),
            ("1.3.6.1.4.1.100", AgentQuirks()),
        ] as [(String, AgentQuirks)])
    func known(text: String, quirks: AgentQuirks) throws {
        let name = try #require(ObjectIdentifier(text))
        #expect(AgentQuirks.known(forSysObjectID: name) == quirks)
        #expect((AgentQuirks.source(forSysObjectID: name) == nil) == quirks.isEmpty)
    }

    @Test("change what is asked of a target")
    func applied() {
        var target = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
        #expect(target.withQuirksApplied == target)
        target.quirks = [.answersFromOtherAddress, .smallResponses]
        #expect(target.withQuirksApplied.sourcePolicy == .anyAddress)
        #expect(target.withQuirksApplied.responseOctetsMax == 484)
    }
}
