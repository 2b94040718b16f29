import Traffic

/// How one direction of an hour is written: what of it, and in which form.
struct RollupDirection {
    /// What is written of it; 0 where it is as expected and without traffic.
    private(set) var form: UInt8 = 0
    /// Its seconds in ms, from which those of the next direction differ little.
    private(set) var milliseconds: Int64

    private var rates = RateForm(sum: 0, squares: 0, min: 0, max: 0)

    private enum Form {
        static let count: UInt8 = 1 << 0
        static let seconds: UInt8 = 1 << 1
        static let rates: UInt8 = 1 << 2
        static let exact: UInt8 = 1 << 3
        static let volume: UInt8 = 1 << 4
        static let faults: UInt8 = 1 << 5
        static let unused: UInt8 = 0b1100_0000
    }

    /// The form of a direction where so many rates over so many milliseconds are expected.
    init(_ direction: DirectionRollup, count: UInt32, _ expected: Int64) {
        milliseconds = expected
        if direction.count != count { form |= Form.count }
        if direction.octets != 0 || direction.packets != 0 { form |= Form.volume }
        if direction.errors != 0 || direction.discards != 0 { form |= Form.faults }
        let isQuiet = Self.isQuiet(direction)
        guard let rounded = Self.milliseconds(direction.seconds), isQuiet || RateForm(direction, rounded) != nil else {
            form |= Form.exact
            return
        }
        if rounded != expected { form |= Form.seconds }
        milliseconds = rounded
        guard !isQuiet, let rates = RateForm(direction, rounded) else { return }
        form |= Form.rates
        self.rates = rates
    }

    /// Whether nothing went through, as far as rates say.
    static func isQuiet(_ direction: DirectionRollup) -> Bool {
        direction.sum == 0 && direction.sumOfSquares == 0 && direction.min == 0 && direction.max == 0
    }

    /// Seconds as whole milliseconds; nil where they are not.
    static func milliseconds(_ seconds: Double) -> Int64? {
        let rounded = (seconds * 1000).rounded()
        guard rounded >= 0, rounded < 0x1p50, abs(rounded / 1000 - seconds) <= seconds * 1e-12 else { return nil }
        return Int64(rounded)
    }

    func write(_ direction: DirectionRollup, after expected: Int64, _ writer: inout OctetWriter) {
        writer.put(form)
        if form & Form.count != 0 { writer.putVarint(UInt64(direction.count)) }
        if form & Form.seconds != 0 { writer.putSigned(milliseconds - expected) }
        if form & Form.volume != 0 {
            writer.putVarint(direction.octets)
            writer.putVarint(direction.packets)
        }
        if form & Form.faults != 0 {
            writer.putVarint(direction.errors)
            writer.putVarint(direction.discards)
        }
        if form & Form.rates != 0 { rates.write(&writer) }
        if form & Form.exact != 0 { Self.putExact(direction, &writer) }
    }

    /// The five numbers that the short form is not good enough for.
    static func putExact(_ direction: DirectionRollup, _ writer: inout OctetWriter) {
        for value in [direction.sum, direction.sumOfSquares, direction.min, direction.max, direction.seconds] {
            writer.putWord(value.bitPattern, octets: 8)
        }
    }

    static func read(
        _ form: UInt8, _ reader: inout OctetReader, count: UInt32, _ expected: Int64
    ) throws(DamagedBlock) -> (direction: DirectionRollup, milliseconds: Int64) {
        guard form & Form.unused == 0 else { throw DamagedBlock(reason: "a direction of unknown form \(form)") }
        var direction = DirectionRollup()
        var milliseconds = expected
        direction.count = form & Form.count != 0 ? try reader.count("a count of rates") : count
        if form & Form.seconds != 0 { milliseconds &+= try reader.signed() }
        direction.seconds = Double(milliseconds) / 1000
        if form & Form.volume != 0 {
            direction.octets = try reader.varint()
            direction.packets = try reader.varint()
        }
        if form & Form.faults != 0 {
            direction.errors = try reader.varint()
            direction.discards = try reader.varint()
        }
        if form & Form.rates != 0 { try RateForm(&reader).restore(&direction, milliseconds) }
        if form & Form.exact != 0 { try readExact(into: &direction, &reader) }
        return (direction, milliseconds)
    }

    static func readExact(into direction: inout DirectionRollup, _ reader: inout OctetReader) throws(DamagedBlock) {
        direction.sum = Double(bitPattern: try reader.word(octets: 8))
        direction.sumOfSquares = Double(bitPattern: try reader.word(octets: 8))
        direction.min = Double(bitPattern: try reader.word(octets: 8))
        direction.max = Double(bitPattern: try reader.word(octets: 8))
        direction.seconds = Double(bitPattern: try reader.word(octets: 8))
    }
}

/// The rates of a direction as small numbers, each relative to what the numbers before it make likely.
struct RateForm {
    /// How far the sum is from what octets, count and seconds make likely, in 2^-32 of that.
    var sum: Int64
    /// How far the sum of squares is above that of as many equal rates, in 2^-30 of that.
    var squares: UInt64
    /// The lowest rate, in 1 / (2^24 - 1) of the sum.
    var min: UInt64
    /// The highest rate, in 1 / (2^24 - 1) of the sum.
    var max: UInt64

    private static let parts = 16_777_215.0

    init(sum: Int64, squares: UInt64, min: UInt64, max: UInt64) {
        self.sum = sum
        self.squares = squares
        self.min = min
        self.max = max
    }

    /// The sum of the rates if all octets were counted in them and all intervals were equal, bit/s; 0 where unknown.
    private static func likely(_ direction: DirectionRollup, _ milliseconds: Int64) -> Double {
        guard milliseconds > 0 else { return 0 }
        return Double(direction.octets) * 8000 * Double(direction.count) / Double(milliseconds)
    }

    /// Nil where the form would lose more than is promised.
    init?(_ direction: DirectionRollup, _ milliseconds: Int64) {
        let likely = Self.likely(direction, milliseconds)
        guard likely > 0, likely < 0x1p100, direction.sum > likely / 8, direction.sum < likely * 1024 else {
            return nil
        }
        let off = ((direction.sum / likely - 1) * 0x1p32).rounded()
        let sum = likely * (1 + off * 0x1p-32)
        let even = sum * sum / Double(direction.count)
        let above = ((direction.sumOfSquares / even - 1) * 0x1p30).rounded()
        let lowest = (direction.min / sum * Self.parts).rounded()
        let highest = (direction.max / sum * Self.parts).rounded()
        guard above >= 0, above < 0x1p32, lowest >= 0, lowest <= highest, highest <= Self.parts else { return nil }
        self.init(sum: Int64(off), squares: UInt64(above), min: UInt64(lowest), max: UInt64(highest))
    }

    func write(_ writer: inout OctetWriter) {
        writer.putSigned(sum)
        writer.putWord(squares, octets: 4)
        writer.putWord(min, octets: 3)
        writer.putWord(max, octets: 3)
    }

    init(_ reader: inout OctetReader) throws(DamagedBlock) {
        sum = try reader.signed()
        squares = try reader.word(octets: 4)
        min = try reader.word(octets: 3)
        max = try reader.word(octets: 3)
    }

    func restore(_ direction: inout DirectionRollup, _ milliseconds: Int64) {
        direction.sum = Self.likely(direction, milliseconds) * (1 + Double(sum) * 0x1p-32)
        let even = direction.sum * direction.sum / Double(Swift.max(1, direction.count))
        direction.sumOfSquares = even * (1 + Double(squares) * 0x1p-30)
        direction.min = direction.sum * (Double(min) / Self.parts)
        direction.max = direction.sum * (Double(max) / Self.parts)
    }
}
