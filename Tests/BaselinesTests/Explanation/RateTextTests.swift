import Inventory
import Testing

@testable import Baselines

@Suite("Rates as people read them")
struct RateTextTests {
    @Test(
        "a rate has a unit and three digits at most",
        arguments: [
            (850e6, "850 Mbps"), (1.2e9, "1.2 Gbps"), (320.4e6, "320 Mbps"), (12.34e6, "12.3 Mbps"),
            (999.4e6, "999 Mbps"),
            (999.6e6, "1 Gbps"), (999_999, "1 Mbps"), (0, "0 bps"), (-0.0, "0 bps"), (-5, "0 bps"), (0.001, "0 bps"),
            (0.4, "0.4 bps"), (1, "1 bps"), (1000, "1 kbps"), (99.96e3, "100 kbps"), (9.996e3, "10 kbps"),
            (400e12, "400 Tbps"),
            (1e300, "over 999 Tbps"), (.nan, "unknown"), (.infinity, "unknown"), (-.infinity, "unknown"),
        ] as [(Double, String)])
    func traffic(rate: Double, text: String) {
        #expect(RateText.text(rate, .traffic) == text)
    }

    @Test(
        "packets have theirs",
        arguments: [(12_000.0, "12 kpps"), (850, "850 pps"), (1.48e6, "1.48 Mpps"), (1.4e9, "1.4 Gpps")])
    func packets(rate: Double, text: String) {
        #expect(RateText.text(rate, .packets) == text)
    }

    @Test("how far it may be off is in the same unit")
    func plusMinus() {
        #expect(RateText.text(320e6, plusMinus: 80e6, .traffic) == "320 ± 80 Mbps")
        #expect(RateText.text(950e6, plusMinus: 1.2e9, .traffic) == "0.95 ± 1.2 Gbps")
        #expect(RateText.text(0, plusMinus: 0, .traffic) == "0 ± 0 bps")
        #expect(RateText.text(320e6, plusMinus: .infinity, .traffic) == "320 Mbps")
    }

    @Test("a list has one unit, and says what it does not know")
    func lists() {
        #expect(RateText.list([310e6, 325e6, 298e6, 333e6], .traffic) == "310, 325, 298, 333 Mbps")
        #expect(RateText.list([1.31e9, nil, .nan, 298e6], .traffic) == "1.31, unknown, unknown, 0.3 Gbps")
    }

    @Test("no number gives a long text, a nan or a minus", arguments: 0..<200)
    func anyNumber(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed))
        for _ in 0..<50 {
            let rate = Double(bitPattern: dice.next())
            let text = RateText.text(rate, plusMinus: Double(bitPattern: dice.next()), .traffic)
            #expect(text.count <= 40 && !text.contains("nan") && !text.contains("-"), "\(rate)")
        }
    }

    @Test("durations in the two units that matter")
    func durations() {
        for (seconds, text) in [
            (0.0, "less than a minute"), (60, "1 minute"), (1800, "30 minutes"), (7200, "2 hours"),
            (7500, "2 hours 5 minutes"), (86_400 * 3 + 4 * 3600 + 60, "3 days 4 hours"), (86_460, "1 day"),
            (.infinity, "694444 days 10 hours"),
        ] { #expect(MomentText.duration(seconds: seconds) == text) }
    }
}
