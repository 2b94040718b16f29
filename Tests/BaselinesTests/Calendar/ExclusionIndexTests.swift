import Baselines
import Inventory
import Testing

@Suite
struct ExclusionIndexTests {
    private let device = DeviceID.random()
    private let interface = InterfaceID.random()

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    private func exclusion(_ scope: ExclusionScope, _ from: Int64, _ to: Int64) -> BaselineExclusion {
        BaselineExclusion(scope: scope, from: at(from), to: at(to), at: at(0))
    }

    @Test
    func eachScopeCountsForWhomItIsMeant() {
        let index = ExclusionIndex([
            exclusion(.all, 10, 20), exclusion(.device(device), 30, 40), exclusion(.interface(interface), 50, 60),
            exclusion(.tag("site:tbs"), 70, 80), exclusion(.device(.random()), 0, 1000),
            exclusion(.interface(.random()), 0, 1000), exclusion(.tag("site:kut"), 0, 1000),
        ])
        let times = index.times(of: interface, on: device, tags: ["core", "site:tbs"])
        #expect(times.ranges == [(10, 20), (30, 40), (50, 60), (70, 80)].map { at($0.0)..<at($0.1) })
        #expect(index.times(of: .random(), on: .random(), tags: []).ranges == [at(10)..<at(20)])
    }

    @Test
    func anExclusionReachesFromItsFirstMomentToBeforeItsLast() {
        let times = ExclusionIndex([exclusion(.all, 10, 20), exclusion(.all, 40, 50)])
            .times(of: interface, on: device, tags: [])
        for (milliseconds, isExcluded) in [
            (9_999, false), (10_000, true), (19_999, true), (20_000, false), (30_000, false), (40_000, true),
            (50_000, false),
        ] {
            #expect(times.contains(Timestamp(milliseconds: Int64(milliseconds))) == isExcluded, "\(milliseconds)")
        }
    }

    @Test
    func timesThatTouchAreOne() {
        let times = ExcludedTimes([
            at(5)..<at(9), at(0)..<at(5), at(20)..<at(30), at(22)..<at(24), at(28)..<at(31), at(7)..<at(7),
            at(40)..<at(40),
        ])
        #expect(times.ranges == [at(0)..<at(9), at(20)..<at(31)])
    }

    @Test
    func aSpanIsTouchedWhereAnyOfItIsExcluded() {
        let times = ExcludedTimes([at(10)..<at(20)])
        for (from, to, isTouched) in [
            (0, 9, false), (0, 10, true), (0, 11, true), (12, 13, true), (19, 30, true), (20, 30, false), (0, 30, true),
            (15, 15, true), (10, 10, true), (20, 20, false), (18, 12, false),
        ] {
            #expect(times.overlaps(from: at(Int64(from)), to: at(Int64(to))) == isTouched, "\(from) to \(to)")
        }
    }

    @Test
    func whatEndsBeforeItBeginsExcludesNothing() {
        let index = ExclusionIndex([exclusion(.all, 20, 10), exclusion(.all, 20, 20)])
        #expect(index.isEmpty)
        #expect(index.times(of: interface, on: device, tags: []).isEmpty)
        let always = ExcludedTimes([Timestamp(milliseconds: .min)..<Timestamp(milliseconds: .max)])
        let isLastExcluded = always.contains(Timestamp(milliseconds: .max))
        #expect(!isLastExcluded)
    }
}
