import Inventory
import Testing

@testable import Baselines

@Suite struct ReplayLineTests {
    private static func line(score: Double = 4.5, isAnomaly: Bool = true, inEpisode: Bool = true) -> ReplayLine {
        let verdict = ModeVerdict(
            expected: 320e6, low: 240e6, high: 400.5e6, score: score, isAnomaly: isAnomaly, confidence: 0.59, visits: 2)
        var line = ReplayLine(
            series: "a\"b\\\u{1}გ", side: TrafficSide(.inbound, .traffic), at: Timestamp(seconds: 1_078_099_500),
            value: 850e6, mode: .classic)
        line.verdict = verdict
        guard inEpisode else { return line }
        line.event = .start
        line.episode = Episode(
            mode: .classic, at: line.at, actual: 850e6, verdict: verdict, kind: .trafficSpike, pattern: .spike,
            severity: .critical)
        return line
    }

    private static func json(_ line: ReplayLine, time: String? = nil) -> String {
        var text: [UInt8] = []
        line.writeJSON(into: &text, time: time.map { Array($0.utf8) })
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `a line has these members in this order and no others`() {
        #expect(
            Self.json(Self.line())
                == #"{"series":"a\"b\\\u0001გ","timestamp":"2004-03-01T00:05:00.000Z","value":850000000,"#
                + #""expected":320000000,"low":240000000,"high":400500000,"score":4.5,"severity":"medium","#
                + #""kind":"traffic_spike","mode":"classic","event":"start","confidence":0.59}"#)
    }

    @Test func `what is not known is null`() {
        var line = Self.line(inEpisode: false)
        line.verdict = nil
        line.value = .nan
        #expect(
            Self.json(line).hasSuffix(
                #""value":null,"expected":null,"low":null,"high":null,"score":null,"severity":null,"kind":null,"#
                    + #""mode":"classic","event":null,"confidence":null}"#))
    }

    @Test(arguments: [
        ("1078099500", "1078099500"), ("-5", "-5"), ("0", "0"), ("007", "\"007\""), ("1.5", "\"1.5\""),
        ("2004-03-01 00:05:00", "\"2004-03-01 00:05:00\""), ("a\"b", "\"a\\\"b\""), ("-", "\"-\""), ("", "\"\""),
    ])
    func `the time is as it was given, a whole number without quotes`(time: String, written: String) {
        #expect(Self.json(Self.line(), time: time).contains("\"timestamp\":\(written),"))
    }

    @Test(arguments: [
        (3.5, true, AnomalySeverity.low), (4, true, .medium), (-5.9, true, .high), (6, true, .critical),
        (1, false, .critical),
    ])
    func `the severity is the sample's, where it is ordinary the worst so far`(
        score: Double, isAnomaly: Bool, severity: AnomalySeverity
    ) {
        #expect(Self.line(score: score, isAnomaly: isAnomaly).severity == severity)
        #expect(Self.line(score: score, isAnomaly: isAnomaly, inEpisode: false).severity == nil)
    }
}
