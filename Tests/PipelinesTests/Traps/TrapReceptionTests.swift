import Catalog
import Inventory
import Jobs
import SNMP
import Synchronization
import Testing

@testable import Pipelines

@Suite("Whose a trap is")
struct TrapReceptionTests {
    private static let now = Timestamp(seconds: 1_795_354_200)
    private static let linkDown: ObjectIdentifier = "1.3.6.1.6.3.1.1.5.3"
    private static let coldStart: ObjectIdentifier = "1.3.6.1.6.3.1.1.5.1"

    /// What a reception did.
    private final class Record: Sendable {
        let traps = Mutex<[ReceivedTrap]>([])
        let discovered = Mutex<[DeviceID]>([])
        let discoveries = AsyncStream.makeStream(of: DeviceID.self)
        let recabled = AsyncStream.makeStream(of: DeviceID.self)
    }

    private static func notification(
        _ name: ObjectIdentifier, from source: TransportAddress, agent: TransportAddress? = nil,
        _ varBinds: [VarBind] = []
    ) throws -> SNMPNotification {
        let pdu = PDU(
            type: .trapV2, requestID: 1,
            varBinds: [VarBind("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier(name))] + varBinds)
        var notification = try SNMPNotification(
            pdu, from: source, version: .v2c, sender: .community(isKnown: true),
            receivedAtUnixMilliseconds: now.milliseconds)
        notification.agentAddress = agent
        return notification
    }

    private static func device(_ name: String, _ address: String, port: Int = 161) -> Device {
        Device(name: name, address: address, port: port, at: now)
    }

    private static func interface(_ device: Device, _ ifIndex: Int64, _ name: String) -> Interface {
        var facts = InterfaceFacts(ifIndex: ifIndex)
        facts.ifName = name
        return Interface(deviceID: device.id, facts: facts, at: now)
    }

    private func catalog(_ devices: [Device], _ interfaces: [Interface] = []) -> MemoryCatalog {
        let catalog = MemoryCatalog(devices: devices)
        catalog.state.withLock { state in for row in interfaces { state.live[row.id] = row } }
        return catalog
    }

    /// Hands batches to a reception and waits until it is done with them.
    private func run(
        _ batches: [[SNMPNotification]], _ catalog: MemoryCatalog, names: [String: String] = [:],
        clock: ManualWallClock = ManualWallClock(now: now), _ afterwards: (Record) async -> Void = { _ in }
    ) async -> (record: Record, counts: TrapCounts) {
        let record = Record()
        let delivered = AsyncStream.makeStream(of: Void.self)
        let actions = TrapReception.Actions(
            resolve: { names[$0] },
            discover: { device in
                record.discovered.withLock { $0.append(device) }
                record.discoveries.continuation.yield(device)
            },
            neighboursChanged: { record.recabled.continuation.yield($0) },
            deliver: { traps in
                record.traps.withLock { $0 += traps }
                delivered.continuation.yield()
            })
        let reception = TrapReception(catalog: catalog, clock: clock, actions: actions, logger: LogRecorder().logger)
        let input = AsyncStream.makeStream(of: [SNMPNotification].self)
        async let running: Void = reception.run(input.stream)
        var events = delivered.stream.makeAsyncIterator()
        for batch in batches {
            input.continuation.yield(batch)
            _ = await events.next()
        }
        await afterwards(record)
        input.continuation.finish()
        await running
        return (record, reception.counts)
    }

    @Test("the source address names the device, ifIndex its interface")
    func matched() async throws {
        let device = Self.device("core-1", "192.0.2.1")
        let interfaces = [Self.interface(device, 7, "Gi0/7"), Self.interface(device, 8, "Gi0/8")]
        let trap = try Self.notification(
            Self.linkDown, from: TransportAddress(192, 0, 2, 1, port: 50_000),
            [VarBind("1.3.6.1.2.1.2.2.1.1.7", .integer(7))])
        let (record, counts) = await run([[trap]], catalog([device], interfaces))
        let found = try #require(record.traps.withLock { $0 }.first)
        #expect(found.device?.name == "core-1")
        #expect(found.interface?.displayName == "Gi0/7")
        #expect(found.receivedAt == Self.now)
        #expect(counts.ofDevices == 1 && counts.ofInterfaces == 1 && counts.unmatched == 0)
    }

    @Test(
        "the agent's own word counts only where the source is no device's",
        arguments: [
            ("192.0.2.1", "192.0.2.2", "one"), ("198.51.100.9", "192.0.2.2", "two"), ("198.51.100.9", nil, nil),
            ("198.51.100.9", "198.51.100.10", nil),
            // Two devices at one address, on two ports.
            ("192.0.2.3", nil, nil), ("192.0.2.3", "192.0.2.2", nil), ("198.51.100.9", "192.0.2.3", nil),
            // Known by a name.
            ("192.0.2.5", nil, "named"), ("2001:db8::1", nil, "six"),
        ] as [(String, String?, String?)])
    func sources(source: String, agent: String?, expected: String?) throws {
        let addresses = DeviceAddresses(
            [
                Self.device("one", "192.0.2.1"), Self.device("two", "192.0.2.2"), Self.device("a", "192.0.2.3"),
                Self.device("b", "192.0.2.3", port: 1161), Self.device("named", "switch.example"),
                Self.device("six", "2001:DB8:0::1"),
            ], resolved: ["switch.example": "192.0.2.5"])
        let text = source.contains(":") ? "[\(source)]:5000" : "\(source):5000"
        let trap = try Self.notification(
            Self.coldStart, from: try #require(TransportAddress(parsing: text)),
            agent: agent.flatMap { TransportAddress(parsing: $0) })
        #expect(addresses.device(of: trap)?.name == expected)
    }

    @Test("an interface is found by its number, else by a name that only one has")
    func interfaces() {
        let device = Self.device("core-1", "192.0.2.1")
        var gone = Self.interface(device, 3, "Gi0/3")
        gone.missingSince = Self.now
        let all = [
            Self.interface(device, 1, "Gi0/1"), Self.interface(device, 2, "Gi0/2"), Self.interface(device, 4, "same"),
            Self.interface(device, 5, "same"), gone,
        ]
        func found(_ ifIndex: UInt32?, _ name: String?) -> Int64? {
            var change = LinkChange()
            (change.ifIndex, change.ifName) = (ifIndex, name.map { Array($0.utf8) })
            return change.interface(among: all)?.facts.ifIndex
        }
        #expect(found(2, nil) == 2)
        #expect(found(2, "Gi0/2") == 2)
        // The device numbered its interfaces anew: the name is right, and no interface is better than a wrong one.
        #expect(found(2, "Gi0/1") == 1)
        #expect(found(2, "Gi0/9") == nil)
        #expect(found(2, "same") == nil)
        // As a discovery reads it.
        #expect(found(2, " Gi0/2\0") == 2)
        #expect(found(99, "Gi0/1") == 1)
        #expect(found(nil, "Gi0/2") == 2)
        #expect(found(nil, "same") == nil)
        #expect(found(3, "Gi0/3") == nil)
        #expect(found(nil, nil) == nil)
    }

    @Test("what is of nobody is counted and handed on")
    func unmatched() async throws {
        let trap = try Self.notification(Self.linkDown, from: TransportAddress(198, 51, 100, 9))
        let (record, counts) = await run([[trap], [trap]], catalog([Self.device("one", "192.0.2.1")]))
        #expect(record.traps.withLock { $0.count } == 2)
        #expect(counts.unmatched == 2 && counts.ofDevices == 0)
    }

    @Test("a device added after the first trap is known a little later")
    func added() async throws {
        let clock = ManualWallClock(now: Self.now)
        let catalog = catalog([])
        let device = Self.device("new", "192.0.2.9")
        let trap = try Self.notification(Self.linkDown, from: TransportAddress(192, 0, 2, 9))
        let reader = DeviceAddresses([device])
        #expect(reader.device(of: trap)?.name == "new")
        let record = Record()
        let input = AsyncStream.makeStream(of: [SNMPNotification].self)
        let done = AsyncStream.makeStream(of: Void.self)
        let actions = TrapReception.Actions(
            resolve: { _ in nil }, discover: { _ in },
            deliver: { traps in
                record.traps.withLock { $0 += traps }
                done.continuation.yield()
            })
        let reception = TrapReception(catalog: catalog, clock: clock, actions: actions, logger: LogRecorder().logger)
        async let running: Void = reception.run(input.stream)
        var events = done.stream.makeAsyncIterator()
        input.continuation.yield([trap])
        _ = await events.next()
        catalog.state.withLock { $0.devices[device.id] = device }
        clock.advance(to: Self.now.advanced(bySeconds: 6))
        input.continuation.yield([trap])
        _ = await events.next()
        input.continuation.finish()
        await running
        #expect(record.traps.withLock { $0.map { $0.device?.name } } == [nil, "new"])
    }

    @Test("a device that starts anew is discovered once, a little later; one that is switched off is not")
    func restarts() async throws {
        var off = Self.device("off", "192.0.2.2")
        off.enabled = false
        let device = Self.device("on", "192.0.2.1")
        let traps = try [(192, 0, 2, 1), (192, 0, 2, 1), (192, 0, 2, 2), (198, 51, 100, 1)].map {
            try Self.notification(Self.coldStart, from: TransportAddress($0.0, $0.1, $0.2, $0.3))
        }
        let clock = ManualWallClock(now: Self.now)
        let due = Self.now.advanced(bySeconds: RestartSchedule.delaySeconds.upperBound)
        let (record, counts) = await run([traps], catalog([device, off]), clock: clock) { record in
            // One sleeper is the device's, the other looks after names.
            await clock.untilSleeping(count: 2)
            clock.advance(to: due)
            for await _ in record.discoveries.stream { break }
        }
        #expect(record.discovered.withLock { $0 } == [device.id])
        #expect(counts.discoveries == 1)
    }

    @Test(
        "a device that says its neighbours changed is told of once, a little later",
        arguments: ["1.0.8802.1.1.2.0.0.1", "1.3.111.2.802.1.1.13.0.0.1"] as [ObjectIdentifier])
    func recabled(name: ObjectIdentifier) async throws {
        let device = Self.device("on", "192.0.2.1")
        let trap = try Self.notification(name, from: TransportAddress(192, 0, 2, 1))
        let other = try Self.notification("1.0.8802.1.1.2.0.0.2", from: TransportAddress(192, 0, 2, 1))
        let clock = ManualWallClock(now: Self.now)
        let (record, counts) = await run([[other, trap, trap]], catalog([device]), clock: clock) { record in
            // One sleeper is the device's, the other looks after names.
            await clock.untilSleeping(count: 2)
            clock.advance(bySeconds: RestartSchedule.delaySeconds.upperBound)
            for await told in record.recabled.stream {
                #expect(told == device.id)
                break
            }
            record.recabled.continuation.finish()
        }
        for await again in record.recabled.stream { Issue.record("told of \(again) again") }
        #expect(counts.discoveries == 0 && record.discovered.withLock { $0.isEmpty })
    }

    @Test("discoveries after a restart are spread and spaced, and the table is bounded")
    func schedule() {
        var schedule = RestartSchedule()
        let devices = (0..<200).map { _ in DeviceID.random() }
        let delays = devices.compactMap { schedule.restarted($0, at: Self.now)?.secondsSince(Self.now) }
        #expect(delays.count == 200)
        #expect(delays.allSatisfy { RestartSchedule.delaySeconds.contains($0) })
        #expect(Set(delays.map { Int($0) }).count > 20)
        let second = schedule.restarted(devices[0], at: Self.now.advanced(bySeconds: 299))
        #expect(second == nil)
        let third = schedule.restarted(devices[0], at: Self.now.advanced(bySeconds: 301))
        #expect(third != nil)
        #expect(schedule.count == 1)
    }
}
