import Testing

@testable import SNMPLab

@Suite struct TrafficTests {
    private let day: Int64 = 86_400_000
    /// Monday 2026-06-01 00:00 in Tbilisi.
    private let monday: Int64 = 1_780_257_600_000

    private func network() throws -> SimulatedNetwork {
        try #require(BankNetworkTests.bank)
    }

    /// The first interface of a purpose that carries something.
    private func place(_ purpose: InterfacePurpose) throws -> (device: Int, position: Int) {
        for device in try network().devices {
            for (position, truth) in device.truth.enumerated()
            where truth.purpose == purpose && device.interfaces[position].traffic.inbound.octetsPerSecond > 0 {
                return (device.ordinal, position)
            }
        }
        throw LabError(.badFault, "no \(purpose) interface carries traffic")
    }

    private func octets(_ place: (device: Int, position: Int), _ milliseconds: Int64) throws -> UInt64 {
        try network().counters(interface: place.position, ofDevice: place.device, at: milliseconds).inbound.octets
    }

    @Test(arguments: InterfacePurpose.allCases.filter { $0 != .loopback })
    func countersNeverFall(purpose: InterfacePurpose) throws {
        let place = try place(purpose)
        var random = SeededRandom(seed: 3)
        var before = InterfaceCounters()
        var now = monday
        for _ in 0..<4_000 {
            now += Int64(random.below(900_000)) + 1
            let after = try network().counters(interface: place.position, ofDevice: place.device, at: now)
            for path in [\DirectionCounters.octets, \.unicast, \.multicast, \.broadcast, \.discards, \.errors] {
                #expect(after.inbound[keyPath: path] >= before.inbound[keyPath: path], "seed 3, \(now)")
                #expect(after.outbound[keyPath: path] >= before.outbound[keyPath: path], "seed 3, \(now)")
            }
            before = after
        }
        #expect(before.inbound.octets > 0)
    }

    @Test func countersAreZeroUntilTheDeviceStarts() throws {
        let place = try place(.isp)
        let device = try network().devices[place.device]
        #expect(try octets(place, device.startedAtMilliseconds) == 0)
        #expect(try octets(place, device.startedAtMilliseconds - day) == 0)
        #expect(try octets(place, device.startedAtMilliseconds + 60_000) > 0)
    }

    @Test func aWeekCarriesTheMean() throws {
        let place = try place(.isp)
        let flow = try network().devices[place.device].interfaces[place.position].traffic.inbound
        let weeks: Int64 = 20
        let carried = try octets(place, monday + weeks * 7 * day) - octets(place, monday)
        let mean = Double(carried) / Double(weeks * 7 * day / 1000)
        #expect(abs(mean / flow.octetsPerSecond - 1) < 0.1)
    }

    @Test func branchesWorkByDayAndRestOnSundays() throws {
        let place = try place(.branchLink)
        func hour(_ days: Int64, _ hour: Int64) throws -> Double {
            let start = monday + days * day + hour * 3_600_000
            return Double(try octets(place, start + 3_600_000) - octets(place, start))
        }
        for days in Int64(0)..<5 {
            #expect(try hour(days, 12) > 4 * hour(days, 3))
            #expect(try hour(days, 12) > 4 * hour(6, 12))
        }
    }

    @Test func noLineIsOverItsSpeed() throws {
        for device in try network().devices {
            for (position, interface) in device.interfaces.enumerated() where interface.speedBitsPerSecond > 0 {
                let place = (device.ordinal, position)
                let noon = monday + 12 * 3_600_000
                let rate = Double(try octets(place, noon + 300_000) - octets(place, noon)) * 8 / 300
                #expect(rate < 0.8 * Double(interface.speedBitsPerSecond), "\(device.name) \(interface.name)")
            }
        }
    }

    /// What one end sends the other receives.
    @Test func bothEndsOfACableCarryTheSame() throws {
        let place = try place(.trunk)
        let truth = try network().devices[place.device].truth[place.position]
        guard case .interface(let far, let position)? = truth.farEnd else { return }
        let hour: Int64 = 3_600_000
        let noon = monday + 12 * hour
        func counters(_ device: Int, _ position: Int, _ now: Int64) throws -> InterfaceCounters {
            try network().counters(interface: position, ofDevice: device, at: now)
        }
        let sent =
            try counters(place.device, place.position, noon + hour).outbound.octets
            - counters(place.device, place.position, noon).outbound.octets
        let received =
            try counters(far, position, noon + hour).inbound.octets
            - counters(far, position, noon).inbound.octets
        #expect(sent.distance(to: received).magnitude <= 1)
    }

    @Test(arguments: TrafficShape.allCases)
    func shapesHaveAMeanOfOneAndExactIntegrals(shape: TrafficShape) {
        let curve = WeekCurve(shape)
        #expect(abs(curve.load(at: WeekCurve.weekSeconds) / WeekCurve.weekSeconds - 1) < 1e-9)
        // The slope of the integral is the factor.
        for hour in stride(from: 0.5, to: 168, by: 1) {
            let slope = (curve.load(at: hour * 3600 + 1) - curve.load(at: hour * 3600 - 1)) / 2
            #expect(abs(slope - curve.factor(at: hour * 3600)) < 1e-3)
        }
    }

    /// The proof that counters never fall, by sampling: the slope of the variation stays above -1.
    @Test func variationNeverOutweighsTheLoad() {
        var random = SeededRandom(seed: 9)
        for _ in 0..<200 {
            let seed = UInt32(truncatingIfNeeded: random.next())
            var load = random.between(0, 1e9)
            var before = load + TrafficNoise.offset(at: load, seed: seed)
            for _ in 0..<200 {
                load += random.between(0.001, 400)
                let after = load + TrafficNoise.offset(at: load, seed: seed)
                #expect(after > before, "seed 9")
                before = after
            }
        }
    }
}
