/// The writings of one interface name: long (`GigabitEthernet1/0/1`), as LLDP often has it, or short (`Gi1/0/1`).
public enum PortName {
    /// A writing that the long and the short form of a name share; two names are alike where their keys are equal.
    ///
    /// `GigabitEthernet0/1`, `Gi0/1`, `gi 0/1` and `GE0/1` give `gi0/1`; `ge-0/0/0.0` gives `ge-0/0/0` (unit 0 is the
    /// port itself); names of other manners are only lower-cased and freed of white space. Empty for blank text. Names
    /// of more than 128 octets are not looked into.
    public static func key(_ name: String) -> String {
        let lower = name.lowercased()
        guard lower.utf8.count <= lengthMax else { return lower }
        let text = lower.unicodeScalars.filter { !$0.properties.isWhitespace }
        let kind = String(String.UnicodeScalarView(text.prefix { !isDigit($0) }))
        let number = String(String.UnicodeScalarView(text.drop { !isDigit($0) }))
        if let short = shortKinds[kind] { return short + number }
        if let (short, digits) = speedKind(kind: kind, number: number) { return short + digits }
        return kind + withoutUnitZero(number, kind: kind)
    }

    private static let lengthMax = 128

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 48 && scalar.value <= 57
    }

    /// Huawei's names that begin with the speed: `40GE0/0/1`, `100GE1/0/1`, `25GE1/0/1`.
    private static func speedKind(kind: String, number: String) -> (String, String)? {
        guard kind.isEmpty, let letters = number.firstIndex(where: { !$0.isNumber }) else { return nil }
        let rest = number[letters...]
        guard rest.hasPrefix("ge"), let short = speeds[String(number[..<letters])] else { return nil }
        return (short, String(rest.dropFirst(2)))
    }

    /// Junos names the port `ge-0/0/0` and its first logical unit `ge-0/0/0.0`.
    private static func withoutUnitZero(_ number: String, kind: String) -> String {
        guard number.hasSuffix(".0"), number.dropLast(2).allSatisfy({ $0 != "." }),
            kind.hasSuffix("-") || kindsWithUnits.contains(kind)
        else { return number }
        return String(number.dropLast(2))
    }

    private static let kindsWithUnits: Set<String> = ["ae", "reth", "em", "me", "fxp", "vme", "lo"]

    private static let speeds = [
        "10": "te", "25": "twe", "40": "fo", "50": "fif", "100": "hu", "200": "tht", "400": "fou",
    ]

    private static let shortKinds: [String: String] = {
        var kinds: [String: String] = [:]
        for (short, others) in writings {
            kinds[short] = short
            for other in others { kinds[other] = short }
        }
        return kinds
    }()

    /// Each kind's short form, as the vendors' command lines abbreviate it, with its other writings.
    private static let writings: [(String, [String])] = [
        ("fa", ["fastethernet", "fas", "fe", "fast-ethernet"]),
        ("gi", ["gigabitethernet", "gigabit-ethernet", "gigethernet", "gigabit", "gige", "gig", "ge"]),
        ("tw", ["twogigabitethernet", "two-gigabitethernet", "twogige", "two"]),
        ("fi", ["fivegigabitethernet", "fivegige", "five"]),
        (
            "te",
            [
                "tengigabitethernet", "ten-gigabitethernet", "tengigethernet", "tengige", "tengig", "ten", "xge",
                "xgigabitethernet", "xgigabit", "tg",
            ]
        ),
        (
            "twe",
            ["twentyfivegige", "twentyfivegigabitethernet", "twenty-fivegige", "twentyfivegigethernet", "twentyfive"]
        ),
        ("fo", ["fortygigabitethernet", "fortygige", "forty-gige", "fortygigethernet", "forty"]),
        ("fif", ["fiftygige", "fiftygigabitethernet", "fiftygigethernet"]),
        (
            "hu",
            [
                "hundredgige", "hundredgigabitethernet", "hundred-gige", "hundredgigethernet", "hundredge", "hundred",
                "hun",
            ]
        ),
        ("tht", ["twohundredgige", "twohundredgigabitethernet"]),
        ("fou", ["fourhundredgige", "fourhundredgigabitethernet", "fh"]),
        ("eth", ["ethernet", "et"]),
        ("po", ["port-channel", "portchannel", "port-ch"]),
        ("be", ["bundle-ether", "bundle-ethernet"]),
        ("bagg", ["bridge-aggregation"]),
        ("vl", ["vlan"]),
        ("lo", ["loopback"]),
        ("ma", ["management"]),
        ("mg", ["mgmteth"]),
        ("tu", ["tunnel"]),
        ("se", ["serial"]),
        ("br", ["bri"]),
        ("at", ["atm"]),
        ("ap", ["appgigabitethernet"]),
    ]
}
