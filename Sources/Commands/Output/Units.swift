import Inventory

/// Numbers as people read them in tables.
enum Units {
    /// `1 G`, `100 M`, `2.5 G`, `64 k`: a speed in bit/s with three digits at most.
    static func speed(_ bitsPerSecond: Int64) -> String {
        let steps: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
        let value = Double(bitsPerSecond)
        for (size, letter) in steps where value >= size { return "\(short(value / size)) \(letter)" }
        return String(bitsPerSecond)
    }

    /// `94.5 M`: a rate in bit/s with one decimal at most.
    static func rate(_ bitsPerSecond: Double) -> String {
        guard bitsPerSecond.magnitude < 9e18 else { return String(bitsPerSecond) }
        return speed(Int64(bitsPerSecond.rounded()))
    }

    /// `9.5 %`: a share with three digits about.
    static func percent(_ share: Double) -> String {
        let digits = share.magnitude >= 10 || share == 0 ? 1.0 : share.magnitude >= 0.1 ? 10.0 : 10_000.0
        let rounded = (share * digits).rounded() / digits
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int64(rounded)) %" : "\(rounded) %"
    }

    /// `0.95`: a number of 0 to 1 with two decimals.
    static func share(_ number: Double) -> String {
        guard number.magnitude < 1e15 else { return String(number) }
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    /// `3,247`: a count with commas between thousands.
    static func count(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return number < 0 ? "-" + grouped : grouped
    }

    /// `1 device`, `3,247 devices`: a count with its noun.
    static func count(_ number: Int64, _ singular: String) -> String {
        "\(count(number)) \(singular)\(number == 1 ? "" : "s")"
    }

    /// `12d 04:30:09`: a span of seconds.
    static func uptime(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        let clock = "\(two(seconds % 86_400 / 3600)):\(two(seconds % 3600 / 60)):\(two(seconds % 60))"
        return seconds >= 86_400 ? "\(seconds / 86_400)d \(clock)" : clock
    }

    /// `2026-03-01 04:00:00`: an RFC 3339 time of the API in UTC without fraction; other text stays as it is.
    static func time(_ text: String) -> String {
        guard let moment = Timestamp(text) else { return text }
        let civil = CivilTime(secondsSince1970: moment.seconds)
        return "\(civil.isoDate) \(civil.isoTime)"
    }

    private static func short(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0
            ? String(Int64(tenths / 10)) : String(tenths / 10)
    }
}
