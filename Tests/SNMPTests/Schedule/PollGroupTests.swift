import Testing

@testable import SNMP

@Suite("Polls kept for the next device")
struct PollGroupTests {
    private static let column = SampleTables.columns[0]

    @Test("a poll is used again, unless it holds the memory of a large device", arguments: [(10, true), (400, false)])
    func recycle(rows: Int, isKept: Bool) throws {
        let target = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
        let group = PollGroup(id: 1, TableRequest(columns: [Self.column]), 1000, OutcomeRecorder())
        let poll = ScheduledPoll(group, target, CommunityProcessing(target.credential))
        poll.begin(knowing: WalkKnowledge())
        guard case .sendRequest(let token) = poll.slotGranted() else {
            Issue.record("nothing to ask")
            return
        }
        let text = [UInt8](repeating: 65, count: 1000)
        let varBinds = (1...rows).map { VarBind(Self.column.appending(UInt32($0)), .octetString(text)) }
        let pdu = PDU(type: .response, requestID: 1, varBinds: varBinds)
        let octets = CommunityMessage(version: .v2c, community: [], pdu: pdu).encode()
        try octets.withUnsafeBytes { poll.responseReceived(token, try MessageView($0), 1) }
        group.recycle(poll)
        #expect((group.takeSpare() === poll) == isKept)
    }

    @Test("a poll works with the keys that were made where the device was added")
    func keys() {
        let user = USMUser(
            name: "u", authentication: .init(.sha512, Passphrase("authentication")),
            privacy: .init(.aes128, Passphrase("privacy-pass")))
        let target = Target(TransportAddress(127, 0, 0, 1), .v3(user))
        let group = PollGroup(id: 1, TableRequest(columns: [Self.column]), 1000, OutcomeRecorder())
        let made = CommunityProcessing(target.credential)
        let poll = ScheduledPoll(group, target, made)
        #expect(poll.processing.user === made.user)
        let other = CommunityProcessing(.v2c(community: Community("public")))
        poll.reset(target, other)
        #expect(poll.processing.user == nil)
    }
}
