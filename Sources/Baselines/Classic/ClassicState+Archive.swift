import Inventory

extension ClassicState {
    /// The version of the form that `encode(into:)` writes.
    private static let formVersion: UInt8 = 1

    /// Appends the state to octets: the same state always as the same octets, little-endian.
    ///
    /// `version u8 = 1, lookBackDays u16, lastAt i64 (ms since 1970; the least number for none), visits u16`, then each
    /// visit in the order of hours as `hour i32, inbound, outbound`, each direction as `samples u32`, and if there are
    /// any, `mean, squares, minimum, maximum f64`; then `rows u8` and, if any, `learntAt i64`, then each row as
    /// `hourOfWeek u8, visits u8, inbound, outbound`, a direction as `samples u32, average, standardDeviation, minimum,
    /// maximum f64`.
    public func encode(into octets: inout [UInt8]) {
        var writer = LittleEndianWriter(octets: octets)
        octets = []
        writer.write(Self.formVersion)
        writer.write(UInt16(ring.days))
        writer.write(lastAt?.milliseconds ?? Int64.min)
        let visits = ring.visits.filter { $0.hour != VisitRing.never }.sorted { $0.hour < $1.hour }
        writer.write(UInt16(visits.count))
        for visit in visits {
            writer.write(visit.hour)
            writer.write(visit.inbound)
            writer.write(visit.outbound)
        }
        let rows = (0..<168).filter { (learnt?[$0].sampleCount ?? 0) > 0 }
        writer.write(UInt8(rows.count))
        if let learnt, !rows.isEmpty {
            writer.write(learnt.at.milliseconds)
            for hour in rows { writer.write(learnt[hour], hourOfWeek: UInt8(hour)) }
        }
        octets = writer.octets
    }

    /// Reads a state from the front of octets, and takes what it has read off them.
    ///
    /// Throws for octets that `encode(into:)` does not write: cut short, of another version, numbers that no samples
    /// give. `octets` is then as it was. No more memory is claimed than the octets could fill.
    public init(decoding octets: inout ArraySlice<UInt8>) throws(ClassicDecodingError) {
        var reader = LittleEndianReader(octets: octets)
        let version = try reader.read(UInt8.self, "version")
        guard version == Self.formVersion else { throw reader.refusal("version", "\(version), known is 1") }
        let days = try reader.read(UInt16.self, "lookBackDays")
        guard (1...366).contains(days) else { throw reader.refusal("lookBackDays", "\(days), possible are 1 to 366") }
        self.init(lookBackDays: Int(days))
        lastAt = try reader.readMomentIfAny("lastAt")
        try readVisits(from: &reader)
        try readWeek(from: &reader)
        octets = reader.rest
    }

    private mutating func readVisits(from reader: inout LittleEndianReader) throws(ClassicDecodingError) {
        let count = Int(try reader.read(UInt16.self, "visits"))
        guard count <= ring.capacity else { throw reader.refusal("visits", "\(count), room is for \(ring.capacity)") }
        var before = VisitRing.never
        for _ in 0..<count {
            let hour = try reader.read(Int32.self, "hour")
            guard hour > before else { throw reader.refusal("hour", "\(hour) after \(before)") }
            let inbound = try reader.readMoments()
            let outbound = try reader.readMoments()
            guard ring.restore(HourVisit(inbound: inbound, outbound: outbound, hour: hour)) else {
                throw reader.refusal("hour", "\(hour), farther from another than the look-back")
            }
            before = hour
        }
    }

    private mutating func readWeek(from reader: inout LittleEndianReader) throws(ClassicDecodingError) {
        let count = try reader.read(UInt8.self, "rows")
        guard count > 0 else { return }
        guard count <= 168 else { throw reader.refusal("rows", "\(count), a week has 168 hours") }
        var week = LearntWeek(at: try reader.readMoment("learntAt"))
        var before = -1
        for _ in 0..<count {
            let hour = Int(try reader.read(UInt8.self, "hourOfWeek"))
            guard hour > before, hour < 168 else { throw reader.refusal("hourOfWeek", "\(hour) after \(before)") }
            week[hour] = try reader.readLearntHour()
            before = hour
        }
        learnt = week
    }
}

/// Octets that are no state of the classic method.
public struct ClassicDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was read: `hour`, `mean`.
    public let field: String
    /// What is wrong with it.
    public let reason: String
    /// Octets that were still to be read.
    public let octetsLeft: Int

    /// One line; the remedy is the caller's, who knows what can be learnt again.
    public var description: String {
        "a stored classic baseline cannot be read: \(field) is \(reason), \(octetsLeft) octets before its end"
    }
}

extension LittleEndianReader {
    fileprivate mutating func readMoments() throws(ClassicDecodingError) -> SampleMoments {
        var moments = SampleMoments()
        let count = try read(UInt32.self, "samples")
        guard count <= UInt32(Int32.max) else { throw refusal("samples", "\(count)") }
        guard count > 0 else { return moments }
        moments.count = Int32(count)
        moments.mean = try readNumber("mean")
        moments.squares = try readNumber("squares")
        moments.minimum = try readNumber("minimum")
        moments.maximum = try readNumber("maximum")
        guard moments.minimum <= moments.maximum else { throw refusal("minimum", "above the maximum") }
        return moments
    }

    fileprivate mutating func readLearntHour() throws(ClassicDecodingError) -> LearntHour {
        let visits = try read(UInt8.self, "visits")
        let inbound = try readFigures()
        let outbound = try readFigures()
        let hour = LearntHour(inbound: inbound, outbound: outbound, visits: visits)
        guard hour.isSound, hour.sampleCount > 0 else { throw refusal("row", "without samples, or out of order") }
        return hour
    }

    private mutating func readFigures() throws(ClassicDecodingError) -> BaselineFigures {
        let count = try read(UInt32.self, "samples")
        return BaselineFigures(
            average: try readNumber("average"), standardDeviation: try readNumber("standardDeviation"),
            minimum: try readNumber("minimum"), maximum: try readNumber("maximum"), sampleCount: Int(count))
    }
}

extension LittleEndianWriter {
    fileprivate mutating func write(_ moments: SampleMoments) {
        write(UInt32(moments.count))
        guard moments.count > 0 else { return }
        write(moments.mean, moments.squares, moments.minimum, moments.maximum)
    }

    fileprivate mutating func write(_ hour: LearntHour, hourOfWeek: UInt8) {
        write(hourOfWeek)
        write(hour.visits)
        write(hour.inbound)
        write(hour.outbound)
    }

    private mutating func write(_ figures: BaselineFigures) {
        write(UInt32(clamping: figures.sampleCount))
        write(figures.average, figures.standardDeviation, figures.minimum, figures.maximum)
    }
}
