import Testing

@testable import SNMP

@Suite("Schedule of recurring polls")
struct PollScheduleTests {
    private func device(_ key: UInt64 = 1, interval: UInt32 = 1000) -> PollSchedule.Device {
        PollSchedule.Device(key: key, group: 0, agent: 0, profile: 0, intervalMilliseconds: interval)
    }

    /// Moves time on, and returns the places that became due.
    private func due(_ schedule: inout PollSchedule, at now: UInt64, skips: Bool = false) -> [Int] {
        _ = schedule.advance(to: now) { _ in skips }
        var places: [Int] = []
        while let place = schedule.nextDue() { places.append(place) }
        return places
    }

    private func start(_ schedule: inout PollSchedule, _ place: Int) -> UInt32 { schedule.started(place) }
    private func end(_ schedule: inout PollSchedule, _ place: Int) -> Bool { schedule.ended(place) }

    @Test("a device is due once in each interval, at its phase, whenever its polls begin and end")
    func phase() {
        var schedule = PollSchedule(now: 10_300)
        let place = schedule.add(device(), phase: 200, now: 10_300)
        var times: [UInt64] = []
        for now in stride(from: UInt64(10_300), to: 15_000, by: 7) where due(&schedule, at: now) == [place] {
            times.append(schedule[place].dueAt)
            #expect(now >= schedule[place].dueAt && now < schedule[place].dueAt + PollSchedule.tickMilliseconds + 7)
            #expect(start(&schedule, place) == 0)
            #expect(!end(&schedule, place))
        }
        #expect(times == [11_200, 12_200, 13_200, 14_200])
    }

    @Test("a device that is slower than its interval is polled once at a time, and what it missed is told")
    func slow() {
        var schedule = PollSchedule(now: 0)
        let place = schedule.add(device(), phase: 0, now: 0)
        #expect(due(&schedule, at: 0) == [place])
        #expect(start(&schedule, place) == 0)
        #expect(due(&schedule, at: 1020).isEmpty)
        #expect(due(&schedule, at: 2020).isEmpty)
        #expect(!end(&schedule, place))
        #expect(due(&schedule, at: 3020) == [place])
        #expect(start(&schedule, place) == 2)
        #expect(!end(&schedule, place))
    }

    @Test("after a standstill each device is polled once, not once for each interval that went by")
    func standstill() {
        var schedule = PollSchedule(now: 0)
        let place = schedule.add(device(), phase: 500, now: 0)
        #expect(due(&schedule, at: 60_600) == [place])
        #expect(schedule[place].dueAt == 60_500)
        #expect(start(&schedule, place) == 60)
    }

    @Test("a device that is passed over is not due, and its misses are counted")
    func skipped() {
        var schedule = PollSchedule(now: 0)
        let place = schedule.add(device(), phase: 0, now: 0)
        #expect(due(&schedule, at: 20, skips: true).isEmpty)
        #expect(due(&schedule, at: 1020, skips: true).isEmpty)
        #expect(due(&schedule, at: 2020) == [place])
        #expect(start(&schedule, place) == 2)
    }

    @Test("a poll asked for comes at once and leaves the regular times alone")
    func now() {
        var schedule = PollSchedule(now: 0)
        let place = schedule.add(device(), phase: 900, now: 0)
        schedule.pollNow(place, now: 100)
        schedule.pollNow(place, now: 100)
        #expect(schedule.oldestOverdueMilliseconds(at: 130) == 30)
        let (first, second) = (schedule.nextDue(), schedule.nextDue())
        #expect(first == place && second == nil)
        #expect(schedule[place].isAskedFor)
        _ = start(&schedule, place)
        schedule.pollNow(place, now: 110)
        #expect(!end(&schedule, place))
        #expect(!schedule[place].isAskedFor)
        #expect(due(&schedule, at: 940) == [place])
    }

    @Test("a device taken out while it is due or under way ends with its poll, and its place is used again")
    func removal() {
        var schedule = PollSchedule(now: 0)
        let idle = schedule.add(device(1), phase: 500, now: 0)
        let busy = schedule.add(device(2), phase: 0, now: 0)
        #expect(due(&schedule, at: 0) == [busy])
        _ = start(&schedule, busy)
        let (idleIsVacant, busyIsVacant) = (schedule.remove(idle), schedule.remove(busy))
        #expect(idleIsVacant && !busyIsVacant)
        #expect(schedule[busy].isRemoved)
        #expect(due(&schedule, at: 5000).isEmpty)
        #expect(schedule.count == 1)
        #expect(end(&schedule, busy))
        #expect(schedule.count == 0)
        #expect(schedule.millisecondsToNext(from: 5000) == nil)
        let again = schedule.add(device(3), phase: 0, now: 5000)
        #expect([idle, busy].contains(again))
        #expect(!schedule[again].isRemoved)
    }

    @Test("a device added again is not polled beside the poll of the one it replaces")
    func replaced() {
        var schedule = PollSchedule(now: 0)
        let old = schedule.add(device(), phase: 0, now: 0)
        #expect(due(&schedule, at: 0) == [old])
        #expect(start(&schedule, old) == 0)
        let isVacant = schedule.remove(old)
        #expect(!isVacant)
        let new = schedule.add(device(), phase: 500, now: 0)
        schedule.link(new, next: Int32(old))
        schedule.pollNow(new, now: 100)
        #expect(due(&schedule, at: 100).isEmpty)
        #expect(due(&schedule, at: 540).isEmpty)
        #expect(end(&schedule, old))
        schedule.link(new, next: -1)
        #expect(due(&schedule, at: 1540) == [new])
        #expect(start(&schedule, new) == 1, "what it missed meanwhile is told")
    }

    @Test("another key of the same agent does not wait for a device that was taken out")
    func notReplaced() {
        var schedule = PollSchedule(now: 0)
        let old = schedule.add(device(1), phase: 0, now: 0)
        #expect(due(&schedule, at: 0) == [old])
        #expect(start(&schedule, old) == 0)
        let isVacant = schedule.remove(old)
        #expect(!isVacant)
        let new = schedule.add(device(2), phase: 500, now: 0)
        schedule.link(new, next: Int32(old))
        #expect(due(&schedule, at: 540) == [new])
    }

    @Test("devices next to each other are spread over the interval, at the same places in every process")
    func spread() {
        var tenths = [Int](repeating: 0, count: 10)
        for number in 0..<10_000 {
            let address = TransportAddress(ipv4: 0x7F00_0001 + UInt32(number))
            tenths[Int(PollSchedule.phase(of: address, intervalMilliseconds: 60_000)) / 6000] += 1
        }
        #expect(tenths.allSatisfy { (850...1150).contains($0) }, "\(tenths)")
        let address = TransportAddress(127, 0, 0, 1)
        #expect(PollSchedule.phase(of: address, intervalMilliseconds: 60_000) == 11936)
        #expect(address.stableHash != address.withPort(162).stableHash)
    }

    @Test("values in common are kept once, and given up with their last use")
    func sharedValues() {
        var values = SharedValues<String>()
        let (one, two, again) = (values.acquire("a"), values.acquire("b"), values.acquire("a"))
        #expect(again == one)
        values.release(one)
        #expect(values[one] == "a")
        values.release(one)
        #expect(values.count == 1)
        let next = values.acquire("c")
        #expect(next == one)
        #expect(values[two] == "b")
    }
}
