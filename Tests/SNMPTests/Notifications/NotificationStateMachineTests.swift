import Testing

@testable import SNMP

@Suite("What becomes of a datagram at the listener")
struct NotificationStateMachineTests {
    private let source = TransportAddress(127, 0, 0, 1, port: 4000)

    /// A machine with a reader that takes what it is offered, as long as there is room.
    private struct Run {
        var machine: NotificationStateMachine
        var taken: [SNMPNotification] = []
        var room = Int.max

        init(_ change: (inout NotificationConfiguration) -> Void = { _ in }) {
            var configuration = NotificationConfiguration()
            configuration.access.communities = [Community("public")]
            change(&configuration)
            machine = NotificationStateMachine(configuration, engineBoots: 1, at: 0)
        }

        @discardableResult
        mutating func receive(_ octets: [UInt8], from source: TransportAddress, at now: UInt64 = 1000) -> [UInt8]? {
            var octets = octets
            var offered: [SNMPNotification] = []
            let free = room - taken.count
            let reply = octets.withUnsafeMutableBytes {
                machine.datagramReceived($0, from: source, at: now, receivedAtUnixMilliseconds: 42) {
                    guard free > 0 else { return false }
                    offered.append($0)
                    return true
                }
            }
            taken += offered
            return reply
        }
    }

    private func message(_ pdu: PDU, _ version: SNMPVersion = .v2c, community: String = "public") -> [UInt8] {
        CommunityMessage(version: version, community: Array(community.utf8), pdu: pdu).encode()
    }

    private func isUnanswered(_ reply: [UInt8]?, at place: SourceLocation = #_sourceLocation) {
        #expect(reply == nil, sourceLocation: place)
    }

    private let inform = NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.4", type: .inform)
    private let trap = NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.3")

    @Test("traps of versions 1 and 2c are delivered and not answered")
    func traps() throws {
        var run = Run()
        isUnanswered(run.receive(message(NotificationParametersTests.trapV1(0), .v1), from: source))
        isUnanswered(run.receive(message(trap), from: source))
        #expect(run.taken.map(\.kind.description) == ["coldStart", "linkDown"])
        #expect(run.taken.map(\.version) == [.v1, .v2c])
        #expect(run.taken.allSatisfy { $0.sender == .community(isKnown: true) && $0.source == source })
        #expect(run.taken.allSatisfy { $0.receivedAtUnixMilliseconds == 42 })
        #expect(run.machine.statistics.received == 2 && run.machine.statistics.delivered == 2)
    }

    @Test("an inform is answered with its own request-id and variable bindings; again when it comes again")
    func informs() throws {
        var run = Run()
        for _ in 0..<3 {
            let answered = run.receive(message(inform), from: source)
            let reply = try #require(answered)
            let answer = try CommunityMessage(decoding: reply)
            #expect(answer.pdu.type == .response)
            #expect(answer.pdu.requestID == inform.requestID)
            #expect(answer.pdu.varBinds == inform.varBinds)
            #expect(answer.pdu.errorStatus == .noError && answer.pdu.errorIndex == 0)
            #expect(answer.community == Array("public".utf8))
        }
        #expect(run.taken.count == 1)
        #expect(run.machine.statistics.duplicates == 2)
        #expect(run.machine.statistics.informsAcknowledged == 3)
    }

    @Test("an inform for which there is no room is not answered, and delivered when it comes again")
    func noRoom() throws {
        var run = Run()
        run.room = 0
        isUnanswered(run.receive(message(inform), from: source))
        #expect(run.machine.statistics.dropped == 1)
        run.room = 1
        let reply = run.receive(message(inform), from: source)
        #expect(reply != nil)
        #expect(run.taken.count == 1)
    }

    @Test("a notification has at most 512 variable bindings; one with more is counted, and an inform not answered")
    func tooLong() {
        for (count, isTaken) in [(512, true), (513, false), (9000, false)] {
            var run = Run()
            var long = inform
            while long.varBinds.count < count { long.varBinds.append(VarBind("1.3", .null)) }
            let reply = run.receive(message(long), from: source)
            #expect((reply != nil) == isTaken, "\(count)")
            #expect(run.taken.count == (isTaken ? 1 : 0))
            #expect(run.machine.statistics.tooLong == (isTaken ? 0 : 1))
        }
    }

    @Test("what waits for the reader is bounded in memory too")
    func memoryOfTheQueue() throws {
        let queue = NotificationQueue(capacity: 1_000_000, octetsMax: 1 << 20)
        var pdu = trap
        pdu.varBinds.append(VarBind("1.3.6.1.4.1.9", .octetString([UInt8](repeating: 65, count: 60_000))))
        let large = try SNMPNotification(
            pdu, from: source, version: .v2c, sender: .community(isKnown: true), receivedAtUnixMilliseconds: 0)
        var taken = 0
        while queue.offer(large) { taken += 1 }
        #expect((10...17).contains(taken))
        let small = try SNMPNotification(
            trap, from: source, version: .v2c, sender: .community(isKnown: true), receivedAtUnixMilliseconds: 0)
        var others = 0
        while queue.offer(small) { others += 1 }
        #expect((1...100).contains(others))
    }

    @Test("an unknown community is dropped and counted, or accepted and marked")
    func community() throws {
        var run = Run()
        isUnanswered(run.receive(message(inform, community: "spoofed"), from: source))
        #expect(run.taken.isEmpty)
        #expect(run.machine.statistics.wrongCommunity == 1)
        run = Run { $0.access.acceptsUnknownCommunities = true }
        run.receive(message(trap, community: "other"), from: source)
        #expect(run.taken.first?.sender == .community(isKnown: false))
    }

    @Test("who does not know the community does not use up the share of a device")
    func spoofed() throws {
        var run = Run {
            $0.sourcePerSecond = 1
            $0.sourceBurst = 2
        }
        for _ in 0..<30 { run.receive(message(trap, community: "guess"), from: source) }
        run.receive(message(trap), from: source)
        #expect(run.taken.count == 1)
        #expect(run.machine.statistics.wrongCommunity == 30)
    }

    @Test("a flood of one source is cut, another source passes; the total is bounded")
    func flood() throws {
        var run = Run {
            $0.sourcePerSecond = 10
            $0.sourceBurst = 20
            $0.totalPerSecond = 50
        }
        for number in 0..<1000 { run.receive(message(trap), from: source, at: 1000 + UInt64(number)) }
        let ofFlood = run.taken.count
        #expect((28...30).contains(ofFlood))
        #expect(run.machine.statistics.rateLimited == UInt64(1000 - ofFlood))
        let quiet = TransportAddress(127, 0, 0, 2, port: 4000)
        run.receive(message(trap), from: quiet, at: 2000)
        #expect(run.taken.count == ofFlood + 1)
        for number in 0..<200 {
            run.receive(message(trap), from: TransportAddress(ipv4: 0x7F00_0100 + UInt32(number)), at: 5000)
        }
        #expect(run.taken.count == ofFlood + 1 + 50)
    }

    @Test("requests, responses and what is no message are counted and not answered")
    func others() throws {
        var run = Run()
        let get = PDU(type: .get, requestID: 1, varBinds: [VarBind("1.3.6.1.2.1.1.3.0")])
        isUnanswered(run.receive(message(get), from: source))
        #expect(run.machine.statistics.wrongType == 1)
        for octets in [[], [0x30], [0xFF, 0xFF], Array("GET / HTTP/1.1".utf8)] as [[UInt8]] {
            isUnanswered(run.receive(octets, from: source))
        }
        let nameless = PDU(type: .inform, requestID: 1, varBinds: [VarBind("1.3.6.1.2.1.1.3.0", .timeTicks(1))])
        isUnanswered(run.receive(message(nameless), from: source))
        #expect(run.machine.statistics.undecodable == 5)
    }

    /// A coldStart of version 3 as net-snmp's snmptrap sent it: user watcher, authPriv, SHA and AES.
    private static let secured = octets(
        """
        30 81 a3 02 01 03 30 11 02 04 0a d0 37 d8 02 03 00 ff e3 04 01 03 02 01 03 04 38 30 36 04 0b 80
        00 00 09 03 01 02 03 04 05 06 02 01 01 02 03 16 92 fb 04 07 77 61 74 63 68 65 72 04 0c ec eb 9e
        51 1e 97 10 24 6f 9e 27 e0 04 08 91 a5 34 47 20 91 c0 20 04 51 e1 22 89 91 43 21 1c 3d 1f 61 bd
        60 e2 af 0d f1 69 7b b1 86 58 04 e8 51 3a 99 c1 9c 9d bc e6 04 31 89 e3 c8 78 ff fb 2e 1e 54 7d
        88 ae e0 bb 18 7c 2b b7 72 d0 31 22 6e 0e 1c 41 36 99 5e d9 e4 c3 30 9d e1 6e c2 db 1a 54 9d cd
        c0 67 fe 46 90 96
        """)

    @Test("cut and spoilt messages never end the program, and every datagram is counted once")
    func mutations() throws {
        let seed: UInt64 = 0x7261_7073
        var random = SeededGenerator(seed: seed)
        let varBinds = [
            VarBind("1.3.6.1.2.1.2.2.1.1.10101", .integer(10101)),
            VarBind("1.3.6.1.2.1.2.2.1.2.10101", .octetString(Array("GigabitEthernet0/1".utf8))),
            VarBind("1.3.6.1.6.3.18.1.3.0", .ipAddress([192, 0, 2, 9])),
        ]
        let good = [
            message(NotificationParametersTests.trapV1(2, varBinds: varBinds), .v1), message(inform),
            message(NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.3", varBinds)), Self.secured,
        ]
        var run = Run {
            $0.sourcePerSecond = 1e9
            $0.sourceBurst = 1e9
            $0.totalPerSecond = 1e9
            $0.access.acceptsUnknownCommunities = true
            $0.access.users = [
                USMUser(
                    name: "watcher", authentication: .init(.sha1, Passphrase("authentication")),
                    privacy: .init(.aes128, Passphrase("encryption!"))), USMUser(name: "w"),
            ]
        }
        var count: UInt64 = 0
        for octets in good {
            for length in 0..<octets.count {
                run.receive(Array(octets[..<length]), from: source)
                count += 1
            }
            for _ in 0..<25_000 {
                run.receive(Mutations.mutate(octets, &random), from: source)
                count += 1
            }
        }
        let counts = run.machine.statistics
        let sum =
            counts.delivered + counts.undecodable + counts.wrongType + counts.duplicates + counts.rateLimited
            + counts.unknownUser + counts.unauthenticated + counts.unknownEngine
        #expect(counts.received == count, "seed \(seed)")
        #expect(sum == count, "seed \(seed): \(counts)")
        #expect(counts.delivered > 0 && counts.undecodable > 0 && counts.unauthenticated > 0)
    }

    @Test("a configuration out of its range is refused with its name and value")
    func configuration() {
        for (change, name) in [
            ({ $0.sourcePerSecond = 0 }, "sourcePerSecond"), ({ $0.sourceBurst = .nan }, "sourceBurst"),
            ({ $0.engineID = [1] }, "engineID"), ({ $0.waitingMax = 0 }, "waitingMax"),
            ({ $0.addresses = [] }, "addresses"), ({ $0.waitingOctetsMax = 1 }, "waitingOctetsMax"),
        ] as [((inout NotificationConfiguration) -> Void, String)] {
            var configuration = NotificationConfiguration()
            change(&configuration)
            #expect(configuration.fault?.contains(name) == true)
        }
        #expect(NotificationConfiguration().fault == nil)
    }
}
