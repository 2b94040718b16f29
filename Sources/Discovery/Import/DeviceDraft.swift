public import Inventory

/// A device as a file, a sweep or a person describes it; a nil field says nothing and changes nothing.
public struct DeviceDraft: Sendable, Hashable {
    /// Name, not empty.
    public var name: String
    /// False where the file has no name and one was made up, which a known device does not take on.
    public var isNameGiven = true
    /// IPv4 or IPv6 address, or host name, in its canonical form.
    public var address: String
    /// UDP port, 1 to 65535; nil means 161 for a device that is new.
    public var port: Int?
    /// SNMP version that goes with `community`; nil means 2c.
    public var version: SNMPVersionName?
    /// Community, to be kept in a credential profile.
    public var community: Secret?
    /// Name of an existing credential profile.
    public var profile: String?
    /// What kind of device it is.
    public var deviceType: DeviceType?
    /// Where it stands.
    public var location: String?
    /// Tags, sorted, without duplicates.
    public var tags: [String]?
    /// Whether jobs shall ask it.
    public var enabled: Bool?
    /// Where the draft was read; nil where it comes from no file.
    public var place: ImportPlace?
    /// Where those of its fields were read that may not fit the devices there are.
    public var places = FieldPlaces()

    /// A draft with what every device must have.
    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}

/// A place in an imported file.
public struct ImportPlace: Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1; nil where the file has no lines that matter (JSON).
    public var line: Int?
    /// First character of the field in its line, from 1.
    public var column: Int?
    /// Name of the field or path in the document, such as `ip` or `results[3].name`.
    public var field: String?

    /// A place.
    public init(line: Int? = nil, column: Int? = nil, field: String? = nil) {
        self.line = line
        self.column = column
        self.field = field
    }

    /// `line 3, column 12 (ip)`.
    public var description: String {
        var text = [line.map { "line \($0)" }, column.map { "column \($0)" }].compactMap { $0 }.joined(separator: ", ")
        if let field { text += text.isEmpty ? field : " (\(field))" }
        return text
    }
}

/// Where fields of a draft were read; nil for what the file does not give.
public struct FieldPlaces: Sendable, Hashable {
    /// The cell of the name.
    public var name: ImportPlace?
    /// The cell of the address.
    public var address: ImportPlace?
    /// The cell of the credential profile.
    public var profile: ImportPlace?

    /// No places.
    public init() {}
}

/// Something in an imported file that was not taken as it is.
public struct ImportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What follows from a problem.
    public enum Severity: String, Sendable, Hashable {
        /// The row is wrong; all-or-nothing imports take none of the file.
        case error
        /// The row is right and cannot be a device here, such as a patch panel without an address; it is left out.
        case skipped
    }

    /// What follows from it.
    public var severity: Severity
    /// Where it is; nil for the file as a whole.
    public var place: ImportPlace?
    /// What is wrong and what to do about it; never a community.
    public var message: String

    /// A problem.
    public init(_ severity: Severity = .error, at place: ImportPlace?, _ message: String) {
        self.severity = severity
        self.place = place
        self.message = message
    }

    /// One line: `line 3, column 12 (ip): …`.
    public var description: String {
        place.map { "\($0): \(message)" } ?? message
    }
}

/// What is done with the good rows of a file that has bad ones.
public enum ImportMode: String, CaseIterable, Sendable, Hashable {
    /// One error, and nothing is imported.
    case allOrNothing = "all_or_nothing"
    /// Good rows are imported, bad ones reported.
    case goodRows = "good_rows"
}

/// The key by which addresses and ports are compared.
enum DevicePlace {
    /// `10.0.0.1 161`, in canonical form and lower case.
    static func key(address: String, port: Int) -> String {
        let canonical = NetworkAddress(address)?.unmapped.description ?? address.lowercased()
        return "\(canonical) \(port)"
    }
}
