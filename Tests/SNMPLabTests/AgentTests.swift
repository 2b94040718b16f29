import Testing

@testable import SNMPLab

@Suite struct AgentTests {
    static let recording = """
        1.3.6.1.2.1.1.1.0|4|a device
        1.3.6.1.2.1.1.3.0|67|100
        1.3.6.1.2.1.2.2.1.1.1|2|1
        1.3.6.1.2.1.2.2.1.1.2|2|2
        1.3.6.1.2.1.2.2.1.10.1|65|10
        1.3.6.1.2.1.2.2.1.10.2|65|20
        1.3.6.1.2.1.31.1.1.1.6.1|70|11
        1.3.6.1.2.1.31.1.1.1.6.2|70|22
        1.3.6.1.2.1.31.1.1.1.18.1|4|to core
        """

    private let agent = TestAgent(recording)
    private let descr = "1.3.6.1.2.1.1.1.0"
    private let last = "1.3.6.1.2.1.31.1.1.1.18.1"

    @Test func anAnswerHasTheRequestsVersionCommunityAndID() throws {
        let answer = try agent.answer(TestMessage.get([descr], community: "any"))
        #expect(answer.kind == 0xA2)
        #expect(answer.version == 1)
        #expect(answer.community == "any")
        #expect(answer.requestID == 0x0102_0304)
        #expect(answer.status == 0)
        #expect(answer.varBinds == [.init(name: descr, tag: 4, content: Array("a device".utf8))])
    }

    /// RFC 3416 section 4.2.1.
    @Test func getNamesExceptionsByVarBind() throws {
        let answer = try agent.answer(
            TestMessage.get([descr, "1.3.6.1.2.1.2.2.1.10.3", "1.3.6.1.2.1.2.2.1.99.1", "1.3.6.1.2.1.1.1"]))
        #expect(answer.status == 0)
        #expect(answer.varBinds.map(\.tag) == [4, 0x81, 0x80, 0x81])
        #expect(answer.names[1] == "1.3.6.1.2.1.2.2.1.10.3")
    }

    /// RFC 3416 section 4.2.2.
    @Test func getNextGivesTheNextNameAndEndOfMibView() throws {
        let answer = try agent.answer(
            TestMessage.getNext(["1.3.6.1.2.1.1", descr, "1.3.6.1.2.1.2.2.1.1.2", last, "2.5"]))
        #expect(
            answer.names == [
                descr, "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.10.1", last, "2.5",
            ])
        #expect(answer.varBinds.map(\.tag) == [4, 67, 65, 0x82, 0x82])
    }

    /// RFC 3416 section 4.2.3: N + M x R, row by row across the repeaters.
    @Test func bulkInterleavesRepeatersAfterNonRepeaters() throws {
        let answer = try agent.answer(
            TestMessage.bulk(
                ["1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.1", "1.3.6.1.2.1.2.2.1.10"], nonRepeaters: 1, 2))
        #expect(
            answer.names == [
                "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.1.1", "1.3.6.1.2.1.2.2.1.10.1", "1.3.6.1.2.1.2.2.1.1.2",
                "1.3.6.1.2.1.2.2.1.10.2",
            ])
    }

    @Test(arguments: [
        (Int64(-3), Int64(2), 4), (9, 2, 2), (0, 0, 0), (1, 0, 1), (0, -1, 0), (2, 50, 2), (0, 2_147_483_647, 20),
    ])
    func bulkHonoursItsCounts(nonRepeaters: Int64, maxRepetitions: Int64, count: Int) throws {
        let answer = try agent.answer(
            TestMessage.bulk(["1.3.6.1.2.1.1.1", "1.3.6.1.2.1.1"], nonRepeaters: nonRepeaters, maxRepetitions))
        #expect(answer.status == 0)
        // With all repetitions both repeaters run through nine rows and one of endOfMibView.
        #expect(answer.varBinds.count == count)
    }

    @Test func bulkStopsAfterARowWhereAllRepeatersEnded() throws {
        let answer = try agent.answer(TestMessage.bulk([last, "1.3.6.1.2.1.31.1.1.1.18"], 10))
        #expect(answer.names == [last, last, last, last])
        #expect(answer.varBinds.map(\.tag) == [0x82, 4, 0x82, 0x82])
    }

    @Test func bulkPastTheEndKeepsTheNameAskedFor() throws {
        let answer = try agent.answer(TestMessage.bulk(["2.5"], 10))
        #expect(answer.names == ["2.5"])
        #expect(answer.varBinds.map(\.tag) == [0x82])
    }

    @Test func bulkIsCutToTheSizeLimit() throws {
        let rows = (1...300).map { "1.3.6.1.2.1.31.1.1.1.6.\($0)|70|1234567890123" }.joined(separator: "\n")
        for limit in [484, 700, 1_472, 9_000] {
            let agent = TestAgent(rows, octetsMax: limit)
            let octets = try #require(agent.octets(TestMessage.bulk(["1.3.6.1.2.1.31"], 300)))
            let answer = try #require(TestMessage(octets))
            #expect(octets.count <= limit)
            #expect(octets.count > limit - 40 || answer.varBinds.count >= 300)
            #expect(answer.names.first == "1.3.6.1.2.1.31.1.1.1.6.1")
        }
    }

    @Test func tooBigWhereNotEvenOneVarBindFits() throws {
        let text = String(repeating: "y", count: 600)
        let agent = TestAgent("1.3.6.1.1|4|\(text)", octetsMax: 484)
        for request in [
            TestMessage.get(["1.3.6.1.1"]), TestMessage.getNext(["1.3.6"]), TestMessage.bulk(["1.3.6"], 5),
        ] {
            let answer = try agent.answer(request)
            #expect(answer.status == 1)
            #expect(answer.index == 0)
            #expect(answer.varBinds.isEmpty)
        }
        let old = try agent.answer(TestMessage.get(["1.3.6.1.1"], version: 0))
        #expect(old.status == 1)
        #expect(old.names == ["1.3.6.1.1"])
    }

    @Test func aLimitOfVarBindsAnswersTooBig() throws {
        #expect(try agent.answer(TestMessage.bulk(["1.3"], 11), tooBigAbove: 10).status == 1)
        #expect(try agent.answer(TestMessage.bulk(["1.3"], 10), tooBigAbove: 10).status == 0)
        #expect(try agent.answer(TestMessage.get([descr, descr]), tooBigAbove: 1).status == 1)
    }

    /// RFC 1157 section 4.1.2 and 4.1.3; RFC 3584 section 4.2.2.1 for Counter64.
    @Test func v1FailsTheWholeRequestWithItsVarBinds() throws {
        let missing = try agent.answer(TestMessage.get([descr, "1.3.6.1.9"], version: 0))
        #expect(missing.status == 2)
        #expect(missing.index == 2)
        #expect(missing.names == [descr, "1.3.6.1.9"])
        #expect(missing.varBinds.map(\.tag) == [5, 5])
        let wide = try agent.answer(TestMessage.get(["1.3.6.1.2.1.31.1.1.1.6.1"], version: 0))
        #expect(wide.status == 2)
        let end = try agent.answer(TestMessage.getNext([last], version: 0))
        #expect(end.status == 2)
        #expect(end.index == 1)
    }

    @Test func v1SkipsCounter64() throws {
        let answer = try agent.answer(TestMessage.getNext(["1.3.6.1.2.1.2.2.1.10.2"], version: 0))
        #expect(answer.names == [last])
        #expect(answer.version == 0)
    }

    @Test func nothingCanBeSet() throws {
        let value: [UInt8] = [4, 1, 0x78]
        let new = try agent.answer(TestMessage.request(0xA3, [descr, last], value: value))
        #expect(new.status == 6)
        #expect(new.index == 1)
        #expect(new.varBinds.map(\.content) == [[0x78], [0x78]])
        #expect(try agent.answer(TestMessage.request(0xA3, [descr], version: 0, value: value)).status == 4)
        #expect(try agent.answer(TestMessage.request(0xA3, ["1.3.9"], version: 0, value: value)).status == 2)
    }

    @Test func aRequestWithoutVarBindsIsAnsweredWithout() throws {
        #expect(try agent.answer(TestMessage.get([])).varBinds.isEmpty)
        #expect(try agent.answer(TestMessage.bulk([], 10)).varBinds.isEmpty)
    }

    @Test func whatIsNoRequestIsNotAnswered() {
        let good = TestMessage.get([descr])
        #expect(agent.octets(TestMessage.request(0xA2, [descr])) == nil)
        #expect(agent.octets(TestMessage.request(0xA5, [descr], version: 0)) == nil)
        #expect(agent.octets(TestMessage.request(0xA0, [descr], version: 3)) == nil)
        for count in 0..<good.count { #expect(agent.octets(Array(good.prefix(count))) == nil, "\(count) octets") }
        #expect(agent.octets(good + [1, 2, 3]) != nil)
    }

    @Test func longerLengthFieldsThanNeededAreRead() throws {
        let good = TestMessage.get([descr])
        let long: [UInt8] = [0x30, 0x83, 0, 0, good[1]] + good.dropFirst(2)
        #expect(try agent.answer(long).names == [descr])
        #expect(agent.octets([0x30, 0x80] + good.dropFirst(2) + [0, 0]) == nil)
    }

    /// Seeded damage: an answer or none, never a trap.
    @Test func damagedRequestsNeverTrap() {
        var random = SeededRandom(seed: 5)
        let requests = [
            TestMessage.get([descr, last]), TestMessage.bulk(["1.3.6", descr], nonRepeaters: 1, 20),
            TestMessage.request(0xA3, [descr], value: [2, 1, 1]),
        ]
        for _ in 0..<20_000 {
            var request = random.pick(requests)
            for _ in 0..<1 + random.below(3) { request[random.below(request.count)] = UInt8(random.below(256)) }
            if let octets = agent.octets(request) { #expect(octets.count <= 1_472) }
        }
    }
}
