import FoundationEssentials
import Testing

@testable import SNMPLab

@Suite struct LabServerTests {
    private let upTime = "1.3.6.1.2.1.1.3.0"
    private let systemName = "1.3.6.1.2.1.1.5.0"

    /// A running lab of the reference bank and a client of it.
    private func bank(threads: Int = 1, clock: TestClock? = nil) throws -> (LabServer, TestClient) {
        let network = try #require(BankNetworkTests.bank)
        let time = clock ?? TestClock(SimulatedNetwork.defaultReferenceMilliseconds)
        let lab = try LabServer(
            LabConfiguration(sources: .network(network), threads: threads, clock: { time.now }))
        try lab.start()
        return (lab, try TestClient(port: lab.port))
    }

    @Test(arguments: [1, 3])
    func everyAddressIsItsOwnDevice(threads: Int) throws {
        let (lab, client) = try bank(threads: threads)
        defer { lab.stop() }
        let network = try #require(BankNetworkTests.bank)
        for device in network.devices {
            let answer = try client.ask(TestMessage.get([systemName]), network.address(of: device))
            #expect(answer.varBinds.first?.text == device.systemName)
        }
        let statistics = lab.statistics
        #expect(statistics.requests == 876)
        #expect(statistics.responses == 876)
        #expect(statistics.varBinds == 876)
        #expect(statistics.cpuSeconds > 0)
    }

    @Test func tablesAreServedAsTheNetworkSays() throws {
        let (lab, client) = try bank()
        defer { lab.stop() }
        let network = try #require(BankNetworkTests.bank)
        for ordinal in [0, 5, 9, 30, 60, 100, 135, 150, 200, 400, 700, 875] {
            let device = network.devices[ordinal]
            let address = network.address(of: device)
            let entries = try client.walk("1.3.6.1.2.1.2.2.1", address)
            let extensions = try client.walk("1.3.6.1.2.1.31.1.1.1", address)
            #expect(entries.count == 22 * device.interfaces.count)
            #expect(extensions.count == 19 * device.interfaces.count)
            for interface in device.interfaces {
                func text(_ rows: [TestMessage.VarBind], _ name: String) -> String? {
                    rows.first { $0.name == "\(name).\(interface.index)" }?.text
                }
                #expect(text(entries, "1.3.6.1.2.1.2.2.1.2") == interface.descr)
                #expect(text(extensions, "1.3.6.1.2.1.31.1.1.1.1") == interface.name)
                #expect(text(extensions, "1.3.6.1.2.1.31.1.1.1.18") == interface.alias)
            }
        }
    }

    @Test func countersOnTheWireAreThoseOfTheModel() throws {
        let clock = TestClock(SimulatedNetwork.defaultReferenceMilliseconds + 123_456_789)
        let (lab, client) = try bank(clock: clock)
        defer { lab.stop() }
        let network = try #require(BankNetworkTests.bank)
        for _ in 0..<3 {
            for ordinal in [0, 20, 300] {
                let device = network.devices[ordinal]
                for (position, interface) in device.interfaces.enumerated() {
                    let expected = network.counters(interface: position, ofDevice: ordinal, at: clock.now)
                    let names = [
                        "31.1.1.1.6", "31.1.1.1.10", "2.2.1.10", "2.2.1.14", "31.1.1.1.11", "2.2.1.12",
                    ].map { "1.3.6.1.2.1.\($0).\(interface.index)" }
                    let answer = try client.ask(TestMessage.get([upTime] + names), network.address(of: device))
                    let broad = expected.inbound.multicast + expected.inbound.broadcast
                    #expect(
                        answer.varBinds.map(\.number) == [
                            UInt64(clock.now - device.startedAtMilliseconds) / 10, expected.inbound.octets,
                            expected.outbound.octets, expected.inbound.octets & 0xFFFF_FFFF, expected.inbound.errors,
                            expected.outbound.unicast, broad & 0xFFFF_FFFF,
                        ])
                }
            }
            clock.now += 300_000
        }
    }

    @Test func neighbourTablesHaveTheRowsOfTheTruth() throws {
        let (lab, client) = try bank()
        defer { lab.stop() }
        let network = try #require(BankNetworkTests.bank)
        var rows = 0
        for device in network.devices {
            let address = network.address(of: device)
            rows += try client.walk("1.0.8802.1.1.2.1.4.1.1.9", address).count
            rows += try client.walk("1.3.6.1.4.1.9.9.23.1.2.1.1.6", address).count
        }
        #expect(rows == 2_145)
    }

    @Test func gridDevicesDifferWhereTheyShould() throws {
        let clock = TestClock(SimulatedNetwork.defaultReferenceMilliseconds + 1_000_000)
        let network = try SimulatedNetwork(named: "grid-600x8")
        let lab = try LabServer(LabConfiguration(sources: .network(network), clock: { clock.now }))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        var seen: Set<[UInt8]> = []
        for device in network.devices {
            let answer = try client.ask(
                TestMessage.get([systemName, "1.3.6.1.2.1.2.2.1.6.3", "1.3.6.1.2.1.31.1.1.1.6.3"]),
                network.address(of: device))
            let expected = network.counters(interface: 2, ofDevice: device.ordinal, at: clock.now)
            #expect(answer.varBinds[0].text == device.name)
            #expect(answer.varBinds[1].content == device.physicalAddress(offset: 3))
            #expect(answer.varBinds[2].number == expected.inbound.octets)
            seen.insert(answer.varBinds[1].content)
        }
        #expect(seen.count == 600)
        #expect(try client.walk("1.3.6.1.2.1.31.1.1.1", "127.1.2.7").count == 19 * 8)
    }

    @Test func wrongCommunitiesAndAddressesGetNoAnswer() throws {
        let (lab, client) = try bank()
        defer { lab.stop() }
        try client.send(TestMessage.get([upTime], community: "wrong"), to: "127.1.0.1")
        try client.send(TestMessage.get([upTime]), to: "127.9.9.9")
        try client.send([1, 2, 3], to: "127.1.0.1")
        // The first answer is that to the last request: nothing came before it.
        let answer = try client.ask(TestMessage.get([systemName], community: "CORE-SW-03"), "127.0.0.1")
        #expect(answer.varBinds.first?.text == "CORE-SW-03")
        #expect(lab.statistics.unknown == 2)
        #expect(lab.statistics.malformed == 1)
    }

    @Test func recordingsAnswerUnderTheirNameAtEveryAddress() throws {
        let lab = try LabServer(
            LabConfiguration(
                bind: .address("127.0.0.1", port: 0),
                sources: .recordingTexts(["a": Array("1.3.1|4|first".utf8), "b/c": Array("1.3.1|4|second".utf8)])))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        #expect(try client.ask(TestMessage.get(["1.3.1"], community: "a"), "127.0.0.1").varBinds[0].text == "first")
        #expect(try client.ask(TestMessage.get(["1.3.1"], community: "b/c"), "127.0.0.1").varBinds[0].text == "second")
    }

    @Test func aDirectoryIsReadWithItsSubdirectories() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "lab-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(
            at: directory.appending(path: "site"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data("1.3.1|4|top\nbroken".utf8).write(to: directory.appending(path: "one.snmprec"))
        try Data("1.3.1|4|below".utf8).write(to: directory.appending(path: "site/two.snmprec"))
        let lab = try LabServer(LabConfiguration(sources: .recordings(directory: directory.path)))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        #expect(
            try client.ask(TestMessage.get(["1.3.1"], community: "site/two"), "127.3.2.1").varBinds[0].text == "below")
        #expect(lab.recordingReports["one"]?.broken == 1)
    }

    @Test func mistakesAreNamed() throws {
        func code(_ configuration: LabConfiguration) -> LabError.Code? {
            do {
                let lab = try LabServer(configuration)
                try lab.start()
                lab.stop()
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(LabConfiguration(sources: .recordings(directory: "/nowhere/at/all"))) == .noRecordings)
        let texts = LabConfiguration.Sources.recordingTexts([:])
        #expect(code(LabConfiguration(bind: .address("10.0.0.1", port: 0), sources: texts)) == .notLoopback)
        #expect(code(LabConfiguration(bind: .address("here", port: 0), sources: texts)) == .notLoopback)
        #expect(code(LabConfiguration(sources: texts)) == nil)
    }

    @Test func aPortThatIsTakenIsRefused() throws {
        let texts = LabConfiguration.Sources.recordingTexts([:])
        let lab = try LabServer(LabConfiguration(sources: texts))
        try lab.start()
        defer { lab.stop() }
        let second = try LabServer(LabConfiguration(bind: .loopbackRange(port: lab.port), sources: texts))
        #expect { try second.start() } throws: { ($0 as? LabError)?.code == .cannotBind }
    }

    @Test func aLabStartsOnceAndStopsAnyNumberOfTimes() throws {
        let lab = try LabServer(LabConfiguration(sources: .recordingTexts([:])))
        #expect(lab.port == 0)
        lab.stop()
        #expect { try lab.start() } throws: { ($0 as? LabError)?.code == .wrongState }
        let other = try LabServer(LabConfiguration(sources: .recordingTexts([:])))
        try other.start()
        #expect(other.port != 0)
        #expect { try other.start() } throws: { ($0 as? LabError)?.code == .wrongState }
        other.stop()
        other.stop()
    }
}
