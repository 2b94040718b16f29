import Testing

@testable import SNMP

@Suite("Notifications of version 3 are checked, and informs answered")
struct NotificationSecurityTests {
    private static let ours: [UInt8] = [0x80, 0, 0, 1, 5, 7, 7, 7]
    private static let theirs: [UInt8] = [0x80, 0, 0, 1, 5, 1, 2, 3, 4]
    private static let linkDown: ObjectIdentifier = "1.3.6.1.6.3.1.1.5.3"
    private static let varBinds = [
        VarBind(SampleTables.sysUpTime, .timeTicks(5)),
        VarBind("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier(linkDown)),
    ]

    private static func make(_ users: [USMUser]) -> NotificationSecurity {
        NotificationSecurity(users: users, engineID: ours, boots: 4, startedAt: 1_000_000)
    }

    /// What the listener makes of some octets.
    private enum Seen: Equatable {
        case notification(PDU, SecuredOrigin, response: [UInt8]?)
        case report([UInt8], NotificationFault)
        case refused(NotificationFault)

        var fault: NotificationFault? {
            switch self {
            case .notification: nil
            case .report(_, let fault), .refused(let fault): fault
            }
        }
    }

    private static func receive(
        _ security: inout NotificationSecurity, _ octets: [UInt8], at now: UInt64 = 1_060_000
    ) -> Seen {
        var octets = octets
        return octets.withUnsafeMutableBytes { buffer -> Seen in
            switch security.datagramReceived(buffer, now: now) {
            case .notification(let view, let origin):
                let response = security.response(to: view, origin, now: now)
                guard let copy = try? CommunityMessage(view) else { return .refused(.malformed) }
                return .notification(copy.pdu, origin, response: response)
            case .report(let octets, let fault): return .report(octets, fault)
            case .refused(let fault): return .refused(fault)
            }
        }
    }

    private static func trap(
        _ user: USMUser, boots: Int32 = 3, time: Int32 = 500, level: SecurityLevel? = nil, engineID: [UInt8] = theirs,
        isReportable: Bool = false
    ) -> [UInt8] {
        SecuredPeer.seal(
            PDU(type: .trapV2, requestID: 9, varBinds: varBinds), messageID: 5, user, level: level,
            engineID: engineID, boots: boots, time: time, contextName: "c", isReportable: isReportable)
    }

    private static func inform(
        _ user: USMUser, boots: Int32 = 4, time: Int32 = 60, engineID: [UInt8] = ours
    ) -> [UInt8] {
        SecuredPeer.seal(
            PDU(type: .inform, requestID: 9, varBinds: varBinds), messageID: 5, user, engineID: engineID, boots: boots,
            time: time, contextEngineID: theirs, contextName: "c", isReportable: true)
    }

    @Test("a trap of every combination of protocols is taken", arguments: SecuredMessageTests.users)
    func traps(user: USMUser) {
        var security = Self.make([user])
        guard case .notification(let pdu, let origin, let response) = Self.receive(&security, Self.trap(user)) else {
            Issue.record("refused")
            return
        }
        #expect(pdu.type == .trapV2)
        #expect(pdu.varBinds == Self.varBinds)
        #expect(origin.userName == "bert")
        #expect(origin.level == user.level)
        #expect(origin.engineID == Self.theirs)
        #expect(origin.contextName == [UInt8(ascii: "c")])
        #expect(response == nil)
    }

    @Test("an inform is answered with its own bindings, under our engine", arguments: SecuredMessageTests.users)
    func informs(user: USMUser) throws {
        var security = Self.make([user])
        let seen = Self.receive(&security, Self.inform(user))
        guard case .notification(let pdu, _, let octets) = seen else {
            Issue.record("\(seen)")
            return
        }
        #expect(pdu.type == .inform)
        let answer = try #require(octets.flatMap { SecuredPeer.open($0, user) })
        #expect(answer.pdu == PDU(type: .response, requestID: 9, varBinds: Self.varBinds))
        #expect(answer.messageID == 5)
        #expect(answer.engineID == Self.ours)
        #expect((answer.boots, answer.time) == (4, 60))
        #expect(answer.contextEngineID == Self.theirs)
        #expect(answer.contextName == [UInt8(ascii: "c")])
        #expect(answer.flags & V3Header.Flag.reportable == 0)
    }

    @Test("a sender learns our engine and our time by Reports")
    func discovery() throws {
        let user = SecuredMessageTests.user(.sha256, .aes128)
        var security = Self.make([user])
        let question = SecuredPeer.seal(
            PDU(type: .get, requestID: 77, varBinds: []), messageID: 6, SecuredAgent.anonymous, engineID: [], boots: 0,
            time: 0, isReportable: true)
        guard case .report(let first, .unknownEngineID) = Self.receive(&security, question) else {
            Issue.record("no Report")
            return
        }
        let named = try #require(SecuredPeer.open(first, SecuredAgent.anonymous))
        #expect(named.engineID == Self.ours)
        #expect(named.pdu.type == .report)
        #expect(named.pdu.requestID == 77)
        #expect(named.pdu.varBinds == [VarBind("1.3.6.1.6.3.15.1.1.4.0", .counter32(1))])
        guard case .report(let second, .notInTimeWindow) = Self.receive(&security, Self.inform(user, boots: 0, time: 0))
        else {
            Issue.record("no Report")
            return
        }
        let timed = try #require(SecuredPeer.open(second, user))
        #expect(timed.flags == V3Header.Flag.authenticated)
        #expect((timed.boots, timed.time) == (4, 60))
        #expect(timed.pdu.varBinds.first?.name == "1.3.6.1.6.3.15.1.1.2.0")
    }

    @Test("what is not right is refused for the right reason")
    func refusals() {
        let user = SecuredMessageTests.user(.sha1, .aes128)
        let wrong = SecuredMessageTests.user(.sha1, .aes128, passphrase: "wrongpass1")
        var stranger = user
        stranger.name = "stranger"
        var security = Self.make([user])
        #expect(Self.receive(&security, Self.trap(wrong)) == .refused(.wrongDigest))
        #expect(Self.receive(&security, Self.trap(stranger)) == .refused(.unknownUserName))
        #expect(Self.receive(&security, Self.trap(user, level: .authNoPriv)) == .refused(.unsupportedSecurityLevel))
        #expect(Self.receive(&security, Self.trap(user, level: .noAuthNoPriv)) == .refused(.unsupportedSecurityLevel))
        #expect(Self.receive(&security, Self.inform(wrong)).fault == .wrongDigest)
        #expect(Self.receive(&security, Self.inform(stranger)).fault == .unknownUserName)
        #expect(Self.receive(&security, Self.inform(user, engineID: Self.theirs)).fault == .unknownEngineID)
        #expect(Self.receive(&security, Self.trap(user, engineID: [0, 0, 0, 0, 0])) == .refused(.unknownEngineID))
        let get = SecuredPeer.seal(
            PDU(type: .get, requestID: 1, varBinds: []), messageID: 1, user, engineID: Self.ours, boots: 4, time: 60)
        #expect(Self.receive(&security, get) == .refused(.unsupportedType))
        #expect(Self.receive(&security, [0x30, 0]) == .refused(.malformed))
    }

    @Test("our time window is 150 seconds either way, and one boots")
    func ourWindow() {
        let user = SecuredMessageTests.user(.sha1, nil)
        var security = Self.make([user])
        for (boots, time, isTaken) in [
            (4, 60, true), (4, 210, true), (4, 211, false), (4, 0, true), (3, 60, false), (5, 60, false),
        ] {
            let seen = Self.receive(&security, Self.inform(user, boots: Int32(boots), time: Int32(time)))
            #expect((seen.fault == nil) == isTaken, "boots \(boots), time \(time)")
        }
        let late = Self.receive(&security, Self.inform(user, time: 60), at: 1_000_000 + 211_000)
        #expect(late.fault == .notInTimeWindow)
    }

    @Test("a recorded trap is refused once it is old, or from before a restart")
    func replayed() {
        let user = SecuredMessageTests.user(.sha1, .aes128)
        var security = Self.make([user])
        let recorded = Self.trap(user, boots: 3, time: 500)
        #expect(Self.receive(&security, recorded).fault == nil)
        #expect(Self.receive(&security, recorded, at: 1_060_000 + 151_000) == .refused(.notInTimeWindow))
        #expect(Self.receive(&security, Self.trap(user, boots: 4, time: 1)).fault == nil)
        #expect(Self.receive(&security, recorded) == .refused(.notInTimeWindow))
    }

    @Test("what an engine said last is known after the users were changed")
    func timesOutliveUsers() {
        let user = SecuredMessageTests.user(.sha1, .aes128)
        let recorded = Self.trap(user, boots: 3, time: 500)
        var security = Self.make([user])
        #expect(Self.receive(&security, recorded).fault == nil)
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 900)).fault == nil)
        security.accessChanged([])
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 901)).fault == .unknownUserName)
        security.accessChanged([SecuredMessageTests.user(.sha256, nil), user])
        #expect(Self.receive(&security, recorded) == .refused(.notInTimeWindow))
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 901)).fault == nil)
    }

    @Test("of two devices with one engine ID the one that is behind is not heard, until it is no longer")
    func sharedEngineID() {
        let user = SecuredMessageTests.user(.sha1, .aes128)
        var security = Self.make([user])
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 500)).fault == nil)
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 5000)).fault == nil)
        #expect(Self.receive(&security, Self.trap(user, boots: 3, time: 501)) == .refused(.notInTimeWindow))
        #expect(Self.receive(&security, Self.trap(user, boots: 4, time: 5)).fault == nil)
    }

    @Test("values kept are bounded, and what is used stays")
    func recentValues() {
        var values = RecentValues<Int, Int>(countMax: 10)
        values[-1] = 1
        for key in 0..<1000 {
            values[key] = key
            #expect(values[-1] == 1)
            #expect(values[key] == key)
            #expect(values.count <= 10)
            if key > 0 { #expect(values[key - 1] == key - 1, "one of the newest") }
        }
        #expect(values[500] == nil)
        values[-1] = nil
        #expect(values[-1] == nil)
    }

    @Test("users of one name are told apart by their keys")
    func namesakes() {
        let first = SecuredMessageTests.user(.sha1, .aes128)
        let second = SecuredMessageTests.user(.sha1, .aes128, passphrase: "otherpass1")
        var security = Self.make([first, second])
        #expect(Self.receive(&security, Self.trap(second)).fault == nil)
        #expect(Self.receive(&security, Self.trap(first)).fault == nil)
    }

    @Test("mutations and truncations never trap", arguments: 1...20)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let user = SecuredMessageTests.user(.sha1, .aes128)
        let open = SecuredMessageTests.user(nil, nil)
        var security = Self.make([user, open])
        let fixtures = [
            Self.trap(user), Self.inform(user), Self.trap(open), Self.inform(open),
            Self.trap(user, isReportable: true),
        ]
        for fixture in fixtures {
            for length in fixture.indices { _ = Self.receive(&security, Array(fixture[..<length])) }
        }
        for _ in 0..<300 {
            guard let fixture = fixtures.randomElement(using: &random) else { continue }
            _ = Self.receive(&security, Mutations.mutate(fixture, &random))
        }
    }
}
