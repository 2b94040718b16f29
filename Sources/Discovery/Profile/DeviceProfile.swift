public import Inventory

/// What sysObjectID and sysDescr tell of a device.
public struct DeviceProfile: Sendable, Hashable {
    /// Maker.
    public var vendor: String?
    /// Model, as the maker writes it.
    public var model: String?
    /// Version of the operating system, with its name where there are several.
    public var osVersion: String?
    /// What kind of device it is, where that is certain enough to write down.
    public var deviceType: DeviceType?

    /// A profile; nil where nothing is known.
    public init(
        vendor: String? = nil, model: String? = nil, osVersion: String? = nil, deviceType: DeviceType? = nil
    ) {
        self.vendor = vendor
        self.model = model
        self.osVersion = osVersion
        self.deviceType = deviceType
    }

    /// Reads what the two objects say: the description where its manner is known, else the enterprise number.
    ///
    /// - Parameters:
    ///   - sysObjectID: dotted; nil and nonsense are tolerated.
    ///   - sysDescr: cleaned text.
    public static func infer(sysObjectID: String?, sysDescr: String?) -> DeviceProfile {
        let description = Description(sysDescr ?? "")
        let number = Enterprise.number(inObjectID: sysObjectID)
        var profile = DeviceProfile()
        for manner in descriptionManners where manner.applies(description, number) {
            profile = manner.read(description)
            break
        }
        let maker = number.flatMap(Enterprise.vendor)
        profile.vendor = profile.vendor ?? (number == Enterprise.netSNMP ? nil : maker)
        return profile
    }
}

/// A sysDescr with the few questions that are asked of it.
struct Description {
    let text: String
    private let lowered: String

    init(_ text: String) {
        self.text = text
        lowered = text.lowercased()
    }

    /// Whether the text contains a phrase, in either case.
    func has(_ phrase: String) -> Bool { lowered.contains(phrase.lowercased()) }

    /// Whether the text begins with a phrase, in either case.
    func begins(_ phrase: String) -> Bool { lowered.hasPrefix(phrase.lowercased()) }

    /// The word that follows a phrase, without punctuation at its end; nil where there is none.
    func word(after phrase: String) -> String? {
        guard let range = text.firstRange(of: phrase) else { return nil }
        let rest = text[range.upperBound...].drop { $0 == " " || $0 == ":" || $0 == "," }
        return Self.trimmed(rest.prefix { $0 != " " && $0 != "," && $0 != ";" })
    }

    /// The text between two phrases; nil where one of them is not there.
    func between(_ start: String, _ end: String) -> String? {
        guard let from = text.firstRange(of: start) else { return nil }
        let rest = text[from.upperBound...]
        guard let to = rest.firstRange(of: end) else { return nil }
        return Self.trimmed(rest[..<to.lowerBound].drop { $0 == " " })
    }

    /// The words of the text, split at white space and commas.
    var words: [String] {
        text.split { $0 == " " || $0 == "," }.map(String.init)
    }

    /// The first word that fits.
    func word(where fits: (String) -> Bool) -> String? {
        words.first(where: fits)
    }

    private static func trimmed(_ text: some StringProtocol) -> String? {
        var text = String(text)
        while let last = text.last, ".,;:\" ".contains(last) { text.removeLast() }
        return text.isEmpty ? nil : text
    }
}
