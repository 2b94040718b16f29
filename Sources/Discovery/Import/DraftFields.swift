import Inventory

/// Reads single fields of a device, the same way from every kind of file; each error says what to write instead.
enum DraftFields {
    /// Why a field was refused.
    struct Refusal: Error, Hashable {
        var message: String
    }

    static let nameLengthMax = 255

    static func name(_ text: String) throws(Refusal) -> String {
        guard !text.isEmpty else { throw Refusal(message: "the name is missing; give each device a name") }
        guard text.count <= nameLengthMax else {
            throw Refusal(message: "the name has \(text.count) characters; the most is \(nameLengthMax)")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Refusal(message: "the name contains a control character or a line break; remove it")
        }
        guard text.unicodeScalars.contains(where: isVisible) else {
            throw Refusal(message: "the name consists of invisible characters; give one that can be read")
        }
        return text
    }

    /// Whether a character leaves a mark of its own: no space, no joiner, no change of direction.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        let blankPattern: Unicode.Scalar = "\u{2800}"
        let properties = scalar.properties
        return !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint
            && properties.generalCategory != .format && scalar != blankPattern
    }

    /// An address in canonical form: IPv4, IPv6, or a host name (RFC 1123, underscores allowed) in lower case.
    static func address(_ text: String) throws(Refusal) -> String {
        guard !text.isEmpty else {
            throw Refusal(message: "the address is missing; give an IPv4 or IPv6 address or a host name")
        }
        if let address = NetworkAddress(text)?.unmapped {
            if let reason = whyNoDevice(address) {
                throw Refusal(
                    message: "'\(shown(text))' is \(reason) and no device's; give the address the device answers at")
            }
            return address.description
        }
        if text.contains("/") {
            throw Refusal(
                message: "'\(shown(text))' is a network; give the device's own address without the prefix length")
        }
        let looksNumeric = text.contains(":") || text.allSatisfy { $0.isNumber || $0 == "." }
        guard !looksNumeric, isHostName(text) else {
            throw Refusal(
                message: "'\(shown(text))' is not an IPv4 or IPv6 address or a host name; write for example 10.0.0.1")
        }
        let name = text.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// What an address is that cannot be a device's; nil for all others (RFC 1122 section 3.2.1.3, RFC 4291).
    private static func whyNoDevice(_ address: NetworkAddress) -> String? {
        if address.number == 0 { return "the unspecified address" }
        if !address.isIPv6, address.number == 0xFFFF_FFFF { return "the broadcast address" }
        let isMulticast = address.isIPv6 ? address.number >> 120 == 0xFF : address.number >> 28 == 0xE
        return isMulticast ? "a multicast address" : nil
    }

    /// RFC 1123 section 2.1; the last label is no number, else it would be read as an IPv4 address in another form.
    private static func isHostName(_ text: String) -> Bool {
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        guard !name.isEmpty, name.utf8.count <= 253 else { return false }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count == 1 || labels.last?.allSatisfy(\.isNumber) == false else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.unicodeScalars.allSatisfy { scalar in
                    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                        || scalar == "-" || scalar == "_"
                }
        }
    }

    static func port(_ text: String) throws(Refusal) -> Int {
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw Refusal(
                message: "'\(shown(text))' is not a UDP port; write a number from 1 to 65535, 161 for most devices")
        }
        return port
    }

    static func version(_ text: String) throws(Refusal) -> SNMPVersionName {
        guard let version = SNMPVersionName(reading: text) else {
            throw Refusal(message: "'\(shown(text))' is not an SNMP version; write 1, 2c or 3")
        }
        return version
    }

    static func deviceType(_ text: String) throws(Refusal) -> DeviceType {
        guard let type = DeviceType(rawValue: folded(text)) else {
            let known = DeviceType.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(message: "'\(shown(text))' is not a device type; write one of \(known)")
        }
        return type
    }

    /// Tags between commas, semicolons or bars; sorted, without duplicates.
    static func tags(_ text: String) -> [String] {
        tags(text.split { ",;|".contains($0) }.map(String.init))
    }

    static func tags(_ texts: [String]) -> [String] {
        Set(texts.map { trimmed($0) }.filter { !$0.isEmpty }).sorted()
    }

    /// A value for a message: whole where it is short, else its beginning.
    static func shown(_ text: String) -> String {
        let lengthMax = 60
        return text.count <= lengthMax ? text : text.prefix(lengthMax) + "…"
    }

    /// Lower case, words joined by `_`: how names of columns and types are compared.
    static func folded(_ text: String) -> String {
        let words = text.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" || $0.isWhitespace }
        return words.joined(separator: "_")
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
