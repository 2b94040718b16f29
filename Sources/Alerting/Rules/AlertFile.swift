import CRuleFile
public import RuleText

/// What an alert file says: rules, routes, and the names of receivers.
public struct AlertFile: Sendable, Hashable {
    /// Largest file, octets.
    public static let octetsMax = 1 << 20

    /// The rules, in order.
    public var rules: [AlertRule] = []
    /// Whether the shipped rules come after them.
    public var usesShippedRules = true
    /// Who is told of what; nil where the file does not say.
    public var route: AlertRoute?
    /// The names of the receivers it describes.
    public var receivers: [String] = []

    /// A file that says nothing.
    public init() {}

    /// Reads a file, and everything that is wrong with it, each with its place.
    ///
    /// - Parameters:
    ///   - text: YAML, `docs/alerts.md`.
    ///   - name: how the file is called in problems.
    /// - Returns: what it says, and problems in the order of their places; where one is an error the file is not to be used.
    public static func read(_ text: String, name: String = "alerts") -> (file: AlertFile, problems: [RuleFileProblem]) {
        var parser = AlertFileParser(file: name)
        let file = parser.file(text)
        return (file, parser.problems)
    }

    /// The text of the shipped rules.
    public static var shippedText: String {
        let octets = UnsafeBufferPointer(start: crulefile_alert_bytes(), count: crulefile_alert_length())
        return String(decoding: octets, as: UTF8.self)
    }

    /// The shipped rules.
    public static let shipped: [AlertRule] = read(shippedText, name: "shipped").file.rules

    /// The rules that are asked: those of the file, then the shipped ones unless it leaves them out.
    ///
    /// A shipped rule whose id the file uses is replaced by it.
    public var effectiveRules: [AlertRule] {
        let own = Set(rules.map(\.id))
        return rules + (usesShippedRules ? Self.shipped.filter { !own.contains($0.id) } : [])
    }
}
