/// Something to go wrong with version 3 at a device, or to be put right.
public enum LabSecurityFault: Sendable, Equatable {
    /// Boots fall by so many, and time begins again: the device lost what it kept; 0 ends it.
    case bootsBack(Int)
    /// Boots stand at 2^31 - 1, and nothing is in the time window any more (RFC 3414 section 2.2.2).
    case latched(Bool)
    /// Another engine ID, of any length from 0 to 64 octets; nil for its own.
    case engineID([UInt8]?)
    /// The engine ID of another device, by its address or name.
    case engineOf(device: String)
    /// Every authenticated request is answered with notInTimeWindows.
    case neverInTimeWindow(Bool)
    /// An unauthenticated Report that lies comes before each answer.
    case lyingReport(Lie?)
    /// Answers carry a wrong code.
    case wrongDigest(Bool)
    /// What is encrypted was changed before it was authenticated.
    case garbledCipher(Bool)
    /// Half of what was encrypted, of an odd number of octets.
    case truncatedCipher(Bool)
    /// contextEngineID of answers is another engine's.
    case otherContextEngine(Bool)
    /// msgUserName of answers is somebody else's.
    case otherUser(Bool)
    /// msgMaxSize of answers; nil for the usual.
    case maxSize(Int?)

    /// What a false Report says.
    public enum Lie: String, Sendable, CaseIterable {
        /// The engine ID is unknown, and another is given.
        case unknownEngine = "unknown-engine"
        /// Boots and time are far ahead.
        case notInTimeWindow = "not-in-window"
        /// The user is unknown.
        case unknownUser = "unknown-user"
    }
}

/// What is wrong with version 3 at a device.
struct SecurityFaults: Sendable, Equatable {
    typealias Lie = LabSecurityFault.Lie

    var bootsBack = 0
    var isLatched = false
    var engineID: [UInt8]?
    var isNeverInTimeWindow = false
    var lie: Lie?
    var isDigestWrong = false
    var isCipherGarbled = false
    var isCipherTruncated = false
    var isContextEngineOther = false
    var isUserOther = false
    var octetsMax: Int?

    /// Applies a fault; an engine ID of another device was looked up before.
    mutating func apply(_ fault: LabSecurityFault) {
        switch fault {
        case .bootsBack(let number): bootsBack = number
        case .latched(let isOn): isLatched = isOn
        case .engineID(let id): engineID = id
        case .engineOf: break
        case .neverInTimeWindow(let isOn): isNeverInTimeWindow = isOn
        case .lyingReport(let lie): self.lie = lie
        case .wrongDigest(let isOn): isDigestWrong = isOn
        case .garbledCipher(let isOn): isCipherGarbled = isOn
        case .truncatedCipher(let isOn): isCipherTruncated = isOn
        case .otherContextEngine(let isOn): isContextEngineOther = isOn
        case .otherUser(let isOn): isUserOther = isOn
        case .maxSize(let size): octetsMax = size
        }
    }
}

extension LabSecurityFault {
    static let usage = """
        v3 DEVICE boots-back N               boots fall by N, time begins again; 0 ends it
        v3 DEVICE latched [off]              boots stand at 2^31 - 1
        v3 DEVICE engine-id ID               ID is hex, or one of empty, long, zero, off
        v3 DEVICE engine-of OTHER            the engine ID of another device
        v3 DEVICE not-in-window [off]        notInTimeWindows for ever
        v3 DEVICE lying-report LIE           false Report first: unknown-engine, not-in-window, unknown-user, off
        v3 DEVICE wrong-digest [off]         answers with a wrong code
        v3 DEVICE garbled [off]              answers with a changed ciphertext
        v3 DEVICE truncated [off]            answers with half a ciphertext
        v3 DEVICE context-engine [off]       answers with another contextEngineID
        v3 DEVICE other-user [off]           answers with another msgUserName
        v3 DEVICE max-size N|off             msgMaxSize of answers
        """

    /// Reads what follows `v3 DEVICE`; nil where it is none of these.
    static func parse(_ words: [String]) throws(LabError) -> LabSecurityFault? {
        guard let verb = words.first, words.count <= 2 else { return nil }
        let value = words.count == 2 ? words[1] : nil
        if let flag = flag(verb), value == nil || value == "off" { return flag(value == nil) }
        guard let value else { return nil }
        switch verb {
        case "boots-back": return .bootsBack(try LabFault.number(value, "a number of boots", 0...1_000))
        case "engine-id": return .engineID(try engineID(value))
        case "engine-of": return .engineOf(device: value)
        case "lying-report":
            if value == "off" { return .lyingReport(nil) }
            return Lie(rawValue: value).map { .lyingReport($0) }
        case "max-size":
            return .maxSize(value == "off" ? nil : try LabFault.number(value, "a size", 0...Int(Int32.max)))
        default: return nil
        }
    }

    private static func flag(_ verb: String) -> ((Bool) -> LabSecurityFault)? {
        switch verb {
        case "latched": { .latched($0) }
        case "not-in-window": { .neverInTimeWindow($0) }
        case "wrong-digest": { .wrongDigest($0) }
        case "garbled": { .garbledCipher($0) }
        case "truncated": { .truncatedCipher($0) }
        case "context-engine": { .otherContextEngine($0) }
        case "other-user": { .otherUser($0) }
        default: nil
        }
    }

    private static func engineID(_ word: String) throws(LabError) -> [UInt8]? {
        switch word {
        case "off": return nil
        case "empty": return []
        case "long": return [0x80, 0x00, 0x7E, 0xD9, 5] + [UInt8](repeating: 0xAB, count: 43)
        case "zero": return [UInt8](repeating: 0, count: 12)
        default: break
        }
        let digits = word.compactMap(\.hexDigitValue)
        guard digits.count == word.count, digits.count % 2 == 0, (2...128).contains(digits.count) else {
            throw LabError(
                .badFault, "'\(word)' is no engine ID: write 2 to 128 hexadecimal digits, or empty, long, zero, off")
        }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
