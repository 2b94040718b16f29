import Inventory
@testable import Pipelines
import SNMP
import Series
import Testing

@Suite struct WatchedDeviceTests {
    private static let start = Timestamp(seconds: 1_795_354_200)

    private func plan(_ interfaces: Int = 2, status: DeviceStatus = .up) -> DevicePlan {
        let target = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
        let rows = (1...interfaces).map { index in
            PlannedInterface(
                id: .random(), ifIndex: UInt32(index), ifSpeed: nil, recorded: LinkStatus(admin: 1, oper: 1))
        }
        return DevicePlan(
            deviceID: .random(), name: "D", target: target, interfaces: rows, wantsStatusPolls: false,
            mapCheckedAt: Self.start.advanced(bySeconds: -60), recordedStatus: status)
    }

    private func poll(
        _ seconds: Double, oper: [UInt8] = [1, 1], kind: CounterRequest = .wide, version: Int = 0,
        clockAhead: Int64 = 0,
        uptime: Double = 5000
    ) -> EndedPoll {
        let rows = oper.map { oper in
            var row = CounterRow()
            for kind in [CounterKind.inOctets, .outOctets, .inUnicastPackets, .outUnicastPackets] {
                row.take(UInt64(seconds) + 1, tag: BERTag.counter64, as: .counter(kind))
            }
            row.take(UInt64(oper), tag: BERTag.integer, as: .operStatus)
            row.take(1, tag: BERTag.integer, as: .adminStatus)
            return row
        }
        let moment = PollMoment(
            at: Self.start.advanced(bySeconds: seconds + Double(clockAhead) / 1000),
            steadyMilliseconds: UInt64(seconds * 1000), sysUpTime: UInt32((uptime + seconds) * 100))
        return EndedPoll(
            kind: kind, planVersion: version, moment: moment, clockOffset: clockAhead,
            rows: CounterRows(rows, areColumnsWhole: true))
    }

    private func failed(
        _ seconds: Double, kind: CounterRequest = .wide, hasAnswered: Bool? = false
    ) -> EndedPoll {
        let moment = PollMoment(at: Self.start.advanced(bySeconds: seconds), steadyMilliseconds: UInt64(seconds * 1000))
        return EndedPoll(
            kind: kind, planVersion: 0, moment: moment, clockOffset: 0, failure: "no answer", hasAnswered: hasAnswered)
    }

    private func heard(_ device: WatchedDeviceState, oper: UInt8, _ seconds: Double) -> InterfaceStatusChange {
        InterfaceStatusChange(
            deviceID: device.plan.deviceID, interfaceID: device.plan.interfaces[0].id, adminBefore: 0, admin: 0,
            operBefore: 0, oper: oper, at: Self.start.advanced(bySeconds: seconds))
    }

    @Test("Where polls of status and of counters are due together an outage counts once")
    func failuresOfTwoKinds() {
        var device = WatchedDeviceState(plan())
        let polls = [
            failed(300, kind: .status), failed(300), failed(360, kind: .status), failed(420, kind: .status),
        ]
        #expect(polls.map { device.ended($0, intervalSeconds: 300).failures } == [1, 1, 2, 3])
        #expect(device.ended(poll(480), intervalSeconds: 300).failures == 0)
        #expect(device.ended(failed(600), intervalSeconds: 300).failures == 1)
    }

    @Test("A device that was not asked, or that answered what is of no use, is not one that does not answer")
    func failuresOfOurOwn() {
        var device = WatchedDeviceState(plan())
        let polls = [
            failed(0), failed(60), failed(120, hasAnswered: nil), failed(180, hasAnswered: nil),
            failed(240, hasAnswered: true), failed(300),
        ]
        #expect(polls.map { device.ended($0, intervalSeconds: 60).failures } == [1, 2, nil, nil, 0, 1])
        #expect(device.failure == "no answer")
    }

    @Test("What a notification said is what the next poll is compared with: a linkUp that was lost is told")
    func lostLinkUp() {
        var device = WatchedDeviceState(plan())
        _ = device.ended(poll(0), intervalSeconds: 300)
        device.heard(heard(device, oper: 2, 10))
        let up = device.ended(poll(60, kind: .status), intervalSeconds: 300)
        let change = InterfaceStatusChange(
            deviceID: device.plan.deviceID, interfaceID: device.plan.interfaces[0].id, adminBefore: 1, admin: 1,
            operBefore: 2, oper: 1, at: Self.start.advanced(bySeconds: 60))
        #expect(up.changes == [.interface(change)])
        #expect(device.ended(poll(120, kind: .status), intervalSeconds: 300).changes.isEmpty)
    }

    @Test("A poll of before a notification tells nothing of its interface, the next one writes what was heard")
    func olderPoll() {
        var device = WatchedDeviceState(plan())
        _ = device.ended(poll(0), intervalSeconds: 300)
        device.heard(heard(device, oper: 2, 61))
        let older = device.ended(poll(60, kind: .status), intervalSeconds: 300)
        #expect(older.changes.isEmpty && older.records.isEmpty)
        let same = device.ended(poll(120, oper: [2, 1], kind: .status), intervalSeconds: 300)
        #expect(same.changes.isEmpty && same.records.count == 1)
        // A clock that was set back does not keep polls from counting.
        device.heard(heard(device, oper: 1, 7_200))
        #expect(device.ended(poll(180, oper: [2, 1], kind: .status), intervalSeconds: 300).changes.count == 1)
    }

    @Test("What was heard of a device before it is polled counts for its first poll")
    func heardEarly() {
        let plan = plan()
        var device = WatchedDeviceState(plan)
        device.heard(heard(device, oper: 2, -10))
        #expect(device.ended(poll(0), intervalSeconds: 300).changes.count == 1)
    }

    @Test("A device is down after three failed polls in a row and up with its first answer, each told once")
    func deviceStatus() {
        var device = WatchedDeviceState(plan())
        var told: [StatusChange] = []
        let polls = [failed(0), poll(60), failed(120), failed(180), failed(240), failed(300), poll(360), poll(420)]
        for poll in polls { told += device.ended(poll, intervalSeconds: 60).records }
        let down = DeviceStatusChange(
            deviceID: device.plan.deviceID, status: .down, at: Self.start.advanced(bySeconds: 240))
        let up = DeviceStatusChange(
            deviceID: device.plan.deviceID, status: .up, at: Self.start.advanced(bySeconds: 360), uptimeSeconds: 5360)
        #expect(told == [.device(down), .device(up)])
    }

    @Test("A change of status is told once, by whichever poll saw it, and what the catalog has wrong is put right")
    func interfaceStatus() {
        var device = WatchedDeviceState(plan())
        let first = device.ended(poll(0), intervalSeconds: 60)
        #expect(first.changes.isEmpty)
        let seen = device.ended(poll(60, oper: [2, 1], kind: .status), intervalSeconds: 60)
        let change = InterfaceStatusChange(
            deviceID: device.plan.deviceID, interfaceID: device.plan.interfaces[0].id, adminBefore: 1, admin: 1,
            operBefore: 1, oper: 2, at: Self.start.advanced(bySeconds: 60))
        #expect(seen.changes == [.interface(change)] && seen.records == [.interface(change)])
        #expect(seen.readings.isEmpty)
        let same = device.ended(poll(120, oper: [2, 1]), intervalSeconds: 60)
        #expect(same.changes.isEmpty)
        // The catalog says up again, as of a discovery between two polls.
        _ = device.revise(device.plan)
        let again = device.ended(poll(180, oper: [2, 1], version: 1), intervalSeconds: 60)
        #expect(again.changes.isEmpty && again.records.count == 1)
    }

    @Test("Readings carry the time of the answer, and whether the clock was set since the reading before")
    func clock() {
        var device = WatchedDeviceState(plan())
        let first = device.ended(poll(0), intervalSeconds: 60).readings
        #expect(first.map(\.interface) == device.plan.interfaces.map(\.id))
        #expect(first.allSatisfy { $0.reading.at == Self.start && !$0.reading.clockWasSet })
        let drifted = device.ended(poll(60, clockAhead: 900), intervalSeconds: 60).readings
        #expect(drifted.allSatisfy { !$0.reading.clockWasSet })
        let set = device.ended(poll(120, clockAhead: 61_000), intervalSeconds: 60).readings
        #expect(set.count == 2 && set.allSatisfy { $0.reading.clockWasSet })
        let after = device.ended(poll(180, clockAhead: 61_000), intervalSeconds: 60).readings
        #expect(after.allSatisfy { !$0.reading.clockWasSet })
    }

    @Test("Rows read for a plan that changed meanwhile are not recorded under the new one")
    func stalePlan() {
        var device = WatchedDeviceState(plan())
        _ = device.revise(plan())
        let stale = device.ended(poll(0, version: 0), intervalSeconds: 60)
        let fresh = device.ended(poll(60, version: 1), intervalSeconds: 60)
        #expect(stale.readings.isEmpty && fresh.readings.count == 2)
    }

    @Test("A poll that began before the interfaces were read anew is not recorded under them")
    func oldMap() {
        var device = WatchedDeviceState(plan())
        _ = device.ended(poll(0), intervalSeconds: 60)
        var other = plan()
        other.mapCheckedAt = Self.start.advanced(bySeconds: 70)
        _ = device.revise(other)
        let slow = device.ended(poll(60, version: 1), intervalSeconds: 60)
        let next = device.ended(poll(120, version: 1), intervalSeconds: 60)
        #expect(slow.readings.isEmpty && slow.heldBack == 2 && next.readings.count == 2)
    }

    @Test("At another address another device may answer: nothing of it is recorded before it is discovered")
    func moved() {
        var device = WatchedDeviceState(plan())
        _ = device.ended(poll(0), intervalSeconds: 60)
        var new = device.plan
        new.target.address = TransportAddress(127, 0, 0, 2)
        _ = device.revise(new)
        let held = device.ended(poll(60, version: 1, uptime: 400_000), intervalSeconds: 60)
        #expect(held.readings.isEmpty && held.asksDiscovery)
    }

    @Test("A plan that is ready only after polling ended polls nothing")
    func ended() {
        let desk = CollectionDesk(CollectionSettings())
        let plan = plan()
        desk.apply([plan.deviceID: plan])
        #expect(desk.standing.devices == 0)
    }

    @Test("Intervals in which a device that is down was left alone are not missed")
    func leftAlone() {
        var device = WatchedDeviceState(plan())
        let wasDown = [failed(0), failed(60), failed(120), failed(600), poll(900), poll(960)].map {
            device.ended($0, intervalSeconds: 60).wasDown
        }
        #expect(wasDown == [false, false, false, true, true, false])
    }

    @Test(
        "A device of which nothing is recorded is asked for sysUpTime alone: whether it answers and started anew is told"
    )
    func presence() {
        #expect(CounterRequest.presence.request.scalars == [CounterRequest.sysUpTime])
        #expect(CounterRequest.presence.request.columns.isEmpty)
        var bare = plan()
        bare.interfaces = []
        var device = WatchedDeviceState(bare)
        #expect(device.request == .presence)
        var down: [Bool] = []
        for second in [0.0, 60, 120] {
            down.append(!device.ended(failed(second, kind: .presence), intervalSeconds: 60).records.isEmpty)
        }
        #expect(down == [false, false, true])
        let up = device.ended(poll(180, oper: [], kind: .presence), intervalSeconds: 60)
        #expect(up.records.count == 1 && up.failures == 0 && !up.asksDiscovery && up.heldBack == 0)
        let restarted = device.ended(poll(480, oper: [], kind: .presence, uptime: -470), intervalSeconds: 60)
        #expect(restarted.hasRestarted && !restarted.asksDiscovery)
        _ = device.revise(plan())
        #expect(device.request == .wide)
    }

    @Test("A device that was asked whether it is there between its discovery and its plan is recorded at once")
    func presenceBeforePlan() {
        var bare = plan()
        (bare.interfaces, bare.mapCheckedAt) = ([], nil)
        var device = WatchedDeviceState(bare)
        _ = device.ended(poll(0, oper: [], kind: .presence), intervalSeconds: 60)
        var discovered = plan()
        discovered.mapCheckedAt = Self.start.advanced(bySeconds: -1)
        _ = device.revise(discovered)
        let first = device.ended(poll(60, version: 1), intervalSeconds: 60)
        #expect(first.readings.count == 2 && first.heldBack == 0)
    }

    @Test("After a restart nothing is recorded until the device was discovered, then it is polled at once")
    func restart() {
        var device = WatchedDeviceState(plan())
        _ = device.ended(poll(0), intervalSeconds: 60)
        let held = device.ended(poll(300, uptime: -280), intervalSeconds: 60)
        #expect(held.readings.isEmpty && held.heldBack == 2 && held.asksDiscovery && held.hasRestarted)
        var discovered = device.plan
        let isReadableStill = device.revise(discovered)
        discovered.mapCheckedAt = Self.start.advanced(bySeconds: 330)
        let isReadableNow = device.revise(discovered)
        #expect(!isReadableStill && isReadableNow)
        let recorded = device.ended(poll(331, version: 2, uptime: -280), intervalSeconds: 60)
        #expect(recorded.readings.count == 2)
    }

    @Test("A plan takes what is monitored, in order, and leaves out interfaces that share an ifIndex")
    func drafts() {
        let device = Device(name: "D", address: "127.0.0.1", at: Self.start)
        func row(_ index: Int64, _ change: (inout Interface) -> Void = { _ in }) -> Interface {
            var row = Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: index), at: Self.start)
            change(&row)
            return row
        }
        let target = Target(TransportAddress(127, 0, 0, 1), .v1(community: Community("public")))
        var draft = DevicePlanDraft()
        for row in [
            row(9), row(3), row(4), row(4), row(5) { $0.enabled = false }, row(6) { $0.monitoringEnabled = false },
            row(7) { $0.missingSince = Self.start }, row(2) { $0.interfaceType = .trunk }, row(-1),
        ] { draft.add(row) }
        let plan = draft.finished(device, target)
        #expect(plan.interfaces.map(\.ifIndex) == [2, 3, 9])
        #expect(draft.ambiguousCount == 2 && plan.wantsStatusPolls && plan.isNarrowOnly)
        #expect(plan.mapCheckedAt == Self.start)
        var empty = DevicePlanDraft()
        let presence = empty.finished(device, target)
        #expect(presence.isPresenceOnly && !presence.wantsStatusPolls && !plan.isPresenceOnly)
    }

    @Test("Of a changed inventory only what changed is touched")
    func difference() {
        let plans = (0..<5).map { _ in plan() }
        var new = plans
        new[1].target = Target(TransportAddress(127, 0, 0, 2), .v2c(community: Community("public")))
        new[2].interfaces.removeLast()
        new[3].wantsStatusPolls = true
        new.removeLast()
        var presence = new[0]
        presence.interfaces = []
        #expect(
            PlanDifference(from: [plans[0].deviceID: plans[0]], to: [presence.deviceID: presence]).retargeted == [
                presence
            ])
        let added = plan()
        func keyed(_ plans: [DevicePlan]) -> [DeviceID: DevicePlan] {
            Dictionary(uniqueKeysWithValues: plans.map { ($0.deviceID, $0) })
        }
        let difference = PlanDifference(from: keyed(plans), to: keyed(new + [added]))
        #expect(difference.added == [added] && difference.revised == [new[2]])
        #expect(Set(difference.retargeted) == [new[1], new[3]] && difference.removed == [plans[4].deviceID])
        #expect(PlanDifference(from: keyed(plans), to: keyed(plans)).isEmpty)
    }
}
