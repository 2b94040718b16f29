/// How numbers are put into the lines that operators read and grep.
enum Wording {
    /// `3,247`.
    static func count(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "-" : "") + groups.joined(separator: ",")
    }

    /// `1 device`, `876 devices`, `254 addresses`.
    static func count(_ number: Int, _ noun: String) -> String {
        let ending = number == 1 ? "" : noun.hasSuffix("s") ? "es" : "s"
        return "\(count(number)) \(noun)\(ending)"
    }

    /// `2.1 seconds`; three decimals below a tenth: `0.004 seconds`.
    static func seconds(_ seconds: Double) -> String {
        let decimals = seconds < 0.1 ? 3 : 1
        let scale = decimals == 3 ? 1000 : 10
        let whole = Int((max(0, seconds) * Double(scale)).rounded())
        let fraction = String(whole % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(count(whole / scale)).\(zeros)\(fraction) seconds"
    }

    /// `0.42`.
    static func hundredths(_ value: Double) -> String {
        let whole = value.isFinite ? Int((max(0, value) * 100).rounded()) : 0
        return "\(count(whole / 100)).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
    }

    /// A setting's value, without decimals where it has none.
    static func number(_ value: Double) -> String {
        value.rounded() == value && value.magnitude < 1e15 ? count(Int(value)) : "\(value)"
    }

    /// `A, B, C, D, E and 7 more`.
    static func names(_ names: [String], max: Int = 5) -> String {
        let shown = names.prefix(max).joined(separator: ", ")
        return names.count > max ? "\(shown) and \(count(names.count - max)) more" : shown
    }
}
