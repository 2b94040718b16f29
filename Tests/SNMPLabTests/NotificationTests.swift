import Testing

@testable import SNMPLab

@Suite struct LabNotificationTests {
    private let down = LabNotification(
        kind: .linkDown, device: 4, upTime: 100, systemObjectID: [1, 3, 6, 1, 4, 1, 9],
        link: .init(index: 3, adminStatus: 1, operStatus: 2))

    /// RFC 1157 section 4.1.6, worked out by hand.
    @Test func aTrapOfVersion1IsThatOfTheRFC() {
        let wanted =
            "a44c" + "06062b0601040109" + "40047f010005" + "020102" + "020100" + "430164"
            + "3033300f060a2b060102010202010103020103300f060a2b060102010202010703020101"
            + "300f060a2b060102010202010803020102"
        #expect(Hex.text(down.trapPDU(agentAddress: 0x7F01_0005)) == wanted)
    }

    /// RFC 3416 section 4.2.6: sysUpTime.0 and snmpTrapOID.0 come first.
    @Test func aTrapOfVersion2BeginsWithTimeAndName() {
        let wanted =
            "a766" + "020107" + "020100" + "020100"
            + "305b300d06082b06010201010300430164"
            + "301706" + "0a2b060106030101040100" + "06092b0601060301010503"
            + "300f060a2b060102010202010103020103300f060a2b060102010202010703020101"
            + "300f060a2b060102010202010803020102"
        let pdu = Hex.text(down.pdu(requestID: 7, isInform: false))
        #expect(pdu == wanted)
        #expect(Hex.text(down.pdu(requestID: 7, isInform: true)).hasPrefix("a6"))
    }

    @Test func aTrapOfVersion3IsSealedByTheSender() throws {
        let user = try LabUser(name: "ops", authentication: (.sha256, "auth-pass-a"), privacy: (.aes128, "priv-pass-a"))
        let plan = try LabNotifications(to: "127.0.0.1:162", version: .three)
        let agent = TestSecureAgent(user)
        let octets = NotificationWriter(plan, [UserKeys(user)]).message(down, id: 5, agent.engine)
        let opened = try #require(agent.open(octets))
        #expect(opened.pdu == down.pdu(requestID: 5, isInform: false))
        #expect(opened.message.flags == 3 && opened.message.engineBoots == 21 && opened.message.engineTime == 1_000)
    }

    @Test(arguments: ["192.0.2.1:162", "127.0.0.1", "127.0.0.1:0", "::1:162", "[::2]:162", "", "127.0.0.1:x"])
    func otherPlacesAreRefused(destination: String) {
        #expect { try LabNotifications(to: destination) } throws: { ($0 as? LabError)?.code == .badNotifications }
    }

    @Test func loopbackOfBothFamiliesIsTaken() throws {
        #expect(try LabNotifications(to: "[::1]:162").address == "::1")
        #expect(try LabNotifications(to: "127.9.8.7:10162").port == 10_162)
    }
}

@Suite struct InformLedgerTests {
    private let cold = LabNotification(kind: .coldStart, device: 0, upTime: 0, systemObjectID: [1, 3])

    @Test func anInformIsRepeatedFourTimesInAll() {
        var ledger = InformLedger(needsReceiver: false)
        #expect(ledger.add(cold, id: 1, at: 0) == [.inform(cold, id: 1)])
        #expect(ledger.timePassed(at: 999).isEmpty)
        for second in 1...3 as ClosedRange<Int64> {
            #expect(ledger.timePassed(at: second * 1_000) == [.inform(cold, id: 1)])
        }
        #expect(ledger.timePassed(at: 4_000).isEmpty && ledger.timePassed(at: 9_000).isEmpty)
        #expect(ledger.acknowledged == 0)
    }

    @Test func anAcknowledgementEndsIt() {
        var ledger = InformLedger(needsReceiver: false)
        _ = ledger.add(cold, id: 1, at: 0)
        #expect(ledger.received(.acknowledgement(2), at: 10).isEmpty)
        _ = ledger.received(.acknowledgement(1), at: 20)
        #expect(ledger.acknowledged == 1 && ledger.timePassed(at: 5_000).isEmpty)
    }

    @Test func theReceiversEngineIsAskedForFirst() {
        var ledger = InformLedger(needsReceiver: true)
        #expect(ledger.add(cold, id: 1, at: 0) == [.probe(id: 1)])
        let engine = EngineIdentity(id: [1, 2, 3, 4, 5], boots: 3, time: 50, device: nil)
        #expect(ledger.received(.report(9, engine), at: 10).isEmpty, "a report to nothing asked")
        #expect(ledger.received(.report(1, engine), at: 10) == [.inform(cold, id: 1)])
        #expect(ledger.receiver(at: 5_010)?.time == 55)
        for _ in 0..<10 { _ = ledger.received(.report(1, engine), at: 20) }
        #expect(ledger.received(.report(1, engine), at: 20).isEmpty, "reports for ever are not answered for ever")
    }
}
