public import Inventory

/// What detection said of one sample of a series that was replayed.
public struct ReplayLine: Sendable, Hashable {
    /// Name of the series.
    public var series: String
    /// Which rate of an interface it is; inbound traffic where a series has no other.
    public var side: TrafficSide
    /// When it was read.
    public var at: Timestamp
    /// The rate; NaN where it is not known or not believed.
    public var value: Double
    /// The method that raises anomalies.
    public var mode: DetectionMode
    /// What that method said; nil where it has no opinion.
    public var verdict: ModeVerdict?
    /// What the sample is to an anomaly; nil where it is to none.
    public var event: EpisodeEvent?
    /// The anomaly so far; nil where the sample is to none.
    public var episode: Episode?

    /// A line of which nothing is said yet.
    init(series: String, side: TrafficSide, at: Timestamp, value: Double, mode: DetectionMode) {
        self.series = series
        self.side = side
        self.at = at
        self.value = value
        self.mode = mode
    }

    /// A line of what was found.
    init(series: String, _ finding: SideFinding) {
        self.init(
            series: series, side: finding.side, at: finding.at, value: finding.value, mode: finding.raising)
        verdict = finding.verdict
        event = finding.event
        episode = finding.episode
    }

    /// How far out of the usual: this sample, where its score is above the threshold, else the anomaly's worst so far.
    ///
    /// Nil for a sample that is to no anomaly.
    public var severity: AnomalySeverity? {
        guard let episode else { return nil }
        guard let verdict, verdict.isAnomaly else { return episode.severity }
        // A constant that is left is of the lowest severity, however far its score is.
        return AnomalySeverity(score: verdict.score).map { min($0, episode.severity) } ?? episode.severity
    }
}

extension ReplayLine {
    /// Appends the line as JSON: series, timestamp, value, expected, low, high, score, severity, kind, mode, event and
    /// confidence, in this order, and no others; what is not known is null.
    ///
    /// - Parameter time: the time as it was given, which is written as it is; RFC 3339 in UTC where nil.
    public func writeJSON(into text: inout [UInt8], time: [UInt8]? = nil) {
        text += Array("{\"series\":".utf8)
        JSONOctets.write(text: Array(series.utf8), into: &text)
        text += Array(",\"timestamp\":".utf8)
        if let time, JSONOctets.isNumber(time) {
            text += time
        } else {
            JSONOctets.write(text: time ?? Array(at.description.utf8), into: &text)
        }
        let numbers: [(StaticString, Double?)] = [
            (",\"value\":", value), (",\"expected\":", verdict?.expected), (",\"low\":", verdict?.low),
            (",\"high\":", verdict?.high), (",\"score\":", verdict?.score),
        ]
        for (name, number) in numbers { JSONOctets.write(name, number, into: &text) }
        JSONOctets.write(",\"severity\":", severity?.rawValue, into: &text)
        JSONOctets.write(",\"kind\":", episode?.kind.rawValue, into: &text)
        JSONOctets.write(",\"mode\":", mode.rawValue, into: &text)
        JSONOctets.write(",\"event\":", event?.rawValue, into: &text)
        JSONOctets.write(",\"confidence\":", verdict?.confidence, into: &text)
        text.append(125)
    }
}

/// Writes members of JSON objects (RFC 8259) as octets.
enum JSONOctets {
    /// A name with its comma and colon, and a number; null where there is none, or none that JSON can write.
    static func write(_ name: StaticString, _ number: Double?, into text: inout [UInt8]) {
        append(name, to: &text)
        guard let number, number.isFinite else { return text += Array("null".utf8) }
        if number == number.rounded(), number.magnitude < 1e15 {
            text += Array(String(Int64(number)).utf8)
        } else {
            text += Array(number.description.utf8)
        }
    }

    /// A name with its comma and colon, and a word that needs no escapes.
    static func write(_ name: StaticString, _ word: String?, into text: inout [UInt8]) {
        append(name, to: &text)
        guard let word else { return text += Array("null".utf8) }
        text.append(34)
        text += Array(word.utf8)
        text.append(34)
    }

    private static func append(_ name: StaticString, to text: inout [UInt8]) {
        text += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    }

    /// A text, escaped; octets that are no UTF-8 become U+FFFD.
    static func write(text octets: [UInt8], into text: inout [UInt8]) {
        text.append(34)
        for byte in String(decoding: octets, as: UTF8.self).utf8 {
            switch byte {
            case 34, 92: text += [92, byte]
            case ..<32, 127: text += Array("\\u00".utf8) + [digit(byte >> 4), digit(byte & 15)]
            default: text.append(byte)
            }
        }
        text.append(34)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    /// Whether octets are a whole number as JSON writes it: then they need no quotes.
    static func isNumber(_ octets: [UInt8]) -> Bool {
        let digits = octets.first == 45 ? octets.dropFirst() : octets[...]
        guard let first = digits.first, first != 48 || digits.count == 1 else { return false }
        return digits.allSatisfy { $0 &- 48 <= 9 }
    }
}
