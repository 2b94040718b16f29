public import Inventory
import RuleText

/// Matchers made ready to be asked often: all must hold.
public struct LabelMatchers: Sendable {
    private struct Compiled: Sendable {
        var matcher: AlertMatcher
        var pattern: Pattern?
    }

    private let matchers: [Compiled]

    /// Compiles matchers; throws what is wrong with the first that cannot be used.
    public init(_ matchers: [AlertMatcher]) throws(MatcherError) {
        var compiled: [Compiled] = []
        for matcher in matchers { compiled.append(try Self.compile(matcher)) }
        self.matchers = compiled
    }

    private static func compile(_ matcher: AlertMatcher) throws(MatcherError) -> Compiled {
        guard isName(matcher.label) else {
            throw MatcherError(
                matcher, "`\(matcher.label)` is no label: letters, digits and `_`, such as `device` or `tag_site`")
        }
        guard matcher.comparison == .matches || matcher.comparison == .matchesNot else {
            return Compiled(matcher: matcher)
        }
        guard matcher.value.utf8.count <= PatternLimits.patternBytes else {
            throw MatcherError(matcher, "the pattern is longer than \(PatternLimits.patternBytes) octets")
        }
        do throws(PatternRefused) {
            return Compiled(matcher: matcher, pattern: try Pattern("(?-i)^(?:\(matcher.value))$"))
        } catch {
            throw MatcherError(matcher, "`\(matcher.value)` is no pattern of RE2: \(error.reason)")
        }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 128 else { return false }
        return text.utf8.allSatisfy { octet in
            (0x61...0x7A).contains(octet) || (0x41...0x5A).contains(octet) || (0x30...0x39).contains(octet)
                || octet == 0x5F
        }
    }

    /// Whether all hold, a label that is not there being the empty text; no matchers fit everything.
    public func fit(_ labels: [String: String]) -> Bool {
        matchers.allSatisfy { one in
            let value = labels[one.matcher.label] ?? ""
            switch one.matcher.comparison {
            case .equal: return value == one.matcher.value
            case .notEqual: return value != one.matcher.value
            case .matches: return one.pattern?.find(in: value) != nil
            case .matchesNot: return one.pattern?.find(in: value) == nil
            }
        }
    }

    /// Whether they would hold for an alert without labels: a silence of such matchers silences more than is meant.
    public var fitNothingInParticular: Bool { fit([:]) }
}

/// Why a matcher cannot be used.
public struct MatcherError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The matcher.
    public var matcher: AlertMatcher
    /// What is wrong and what to do.
    public var reason: String

    init(_ matcher: AlertMatcher, _ reason: String) {
        self.matcher = matcher
        self.reason = reason
    }

    /// The reason.
    public var description: String { reason }
}

extension AlertMatcher {
    /// Reads `device="CORE-SW-01"`, `type=~"isp|trunk"`, `provider!=magti`: quotes may be left out.
    ///
    /// Throws where there is no comparison or no label; the pattern is not looked at.
    public init(parsing text: String) throws(MatcherError) {
        let characters = Array(text)
        guard let place = characters.firstIndex(where: { $0 == "=" || $0 == "!" }), place > 0 else {
            throw Self.unreadable(text)
        }
        let label = String(characters[..<place]).trimmedSpaces
        var rest = String(characters[place...])
        guard
            let comparison = [.matches, .matchesNot, .notEqual, .equal].first(where: { rest.hasPrefix($0.rawValue) })
                as Comparison?, !label.isEmpty
        else { throw Self.unreadable(text) }
        rest = String(rest.dropFirst(comparison.rawValue.count)).trimmedSpaces
        if rest.count >= 2, rest.hasPrefix("\""), rest.hasSuffix("\"") {
            rest = Self.unescaped(rest.dropFirst().dropLast())
        }
        self.init(label, comparison, rest)
    }

    private static func unescaped(_ text: Substring) -> String {
        var (result, isEscaped) = ("", false)
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            if isEscaped, character != "\\", character != "\"" { result.append("\\") }
            result.append(character)
            isEscaped = false
        }
        return isEscaped ? result + "\\" : result
    }

    private static func unreadable(_ text: String) -> MatcherError {
        MatcherError(
            AlertMatcher("", .equal, ""),
            "`\(text.prefix(80))` is no matcher: write label=value, label!=value, label=~pattern or label!~pattern")
    }

    /// As it is written: `type=~"isp|trunk"`.
    public var text: String {
        let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\(label)\(comparison.rawValue)\"\(escaped)\""
    }
}

extension String {
    fileprivate var trimmedSpaces: String {
        let kept = drop { $0 == " " }
        return String(kept.prefix(kept.count - kept.reversed().prefix { $0 == " " }.count))
    }
}
