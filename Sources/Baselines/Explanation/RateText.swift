public import Inventory

/// Rates as people read them: `850 Mbps`, `1.2 Gbps`, `12 kpps`; never more than three digits before a unit.
///
/// What is not a number is `unknown`; what is below nothing is nothing.
public enum RateText {
    private static let trafficUnits = ["bps", "kbps", "Mbps", "Gbps", "Tbps"]
    private static let packetUnits = ["pps", "kpps", "Mpps", "Gpps", "Tpps"]

    /// A rate with its unit.
    public static func text(_ rate: Double, _ measure: TrafficMeasure) -> String {
        guard rate.isFinite else { return "unknown" }
        let exponent = exponent(of: rate)
        return "\(number(rate, exponent)) \(unit(exponent, measure))"
    }

    /// A rate and how far it may be off, in the unit of the greater: `320 ± 80 Mbps`.
    public static func text(_ rate: Double, plusMinus width: Double, _ measure: TrafficMeasure) -> String {
        guard rate.isFinite, width.isFinite else { return text(rate, measure) }
        let exponent = exponent(of: max(rate, width))
        return "\(number(rate, exponent)) ± \(number(width, exponent)) \(unit(exponent, measure))"
    }

    /// Several rates in the unit of the greatest: `310, 325, unknown, 333 Mbps`.
    public static func list(_ rates: [Double?], _ measure: TrafficMeasure) -> String {
        let known = rates.compactMap { $0 }.filter(\.isFinite)
        let exponent = exponent(of: known.max() ?? 0)
        let numbers = rates.map { rate in
            rate.flatMap { $0.isFinite ? number($0, exponent) : nil } ?? "unknown"
        }
        return "\(numbers.joined(separator: ", ")) \(unit(exponent, measure))"
    }

    private static func unit(_ exponent: Int, _ measure: TrafficMeasure) -> String {
        measure == .traffic ? trafficUnits[exponent] : packetUnits[exponent]
    }

    /// The power of a thousand at which the number, as it is written, is below a thousand.
    private static func exponent(of rate: Double) -> Int {
        var (value, exponent) = (rate, 0)
        while exponent < trafficUnits.count - 1, value >= 999.5 {
            value /= 1000
            exponent += 1
        }
        return exponent
    }

    private static func number(_ rate: Double, _ exponent: Int) -> String {
        var value = rate
        for _ in 0..<exponent { value /= 1000 }
        return value >= 999.5 && exponent == trafficUnits.count - 1 ? "over 999" : NumberText.threeDigits(value)
    }
}

/// Numbers as people read them.
enum NumberText {
    /// A number with three digits that matter and no decimals that are zero; whole from 100 on, nothing below 0.005.
    static func threeDigits(_ value: Double) -> String {
        value >= 99.95 ? decimals(value, 0) : value >= 9.995 ? decimals(value, 1) : decimals(value, 2)
    }

    /// A score such as `-4.2`: one decimal, at most 999.9 either way.
    static func score(_ score: Double) -> String {
        let text = decimals(min(999.9, abs(score)), 1, keepsZeros: true)
        return score < 0 && text != "0.0" ? "-" + text : text
    }

    /// A ratio as a percentage: `55 %`, below one with a decimal, at most 999.
    static func percent(_ ratio: Double) -> String {
        let value = min(999, max(0, ratio * 100))
        return "\(value < 0.95 ? decimals(value, 1) : decimals(value, 0)) %"
    }

    /// A number that is not negative with so many decimals at most.
    static func decimals(_ value: Double, _ count: Int, keepsZeros: Bool = false) -> String {
        guard value.isFinite else { return "unknown" }
        let scale = [1, 10, 100][min(2, max(0, count))]
        let scaled = Int((min(1e12, max(0, value)) * Double(scale)).rounded())
        let rest = scaled % scale
        guard scale > 1, rest > 0 || keepsZeros else { return String(scaled / scale) }
        var digits = String(rest + scale).dropFirst()
        while !keepsZeros, digits.last == "0" { digits.removeLast() }
        return "\(scaled / scale).\(digits)"
    }
}
