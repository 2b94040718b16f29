/// What a Report says: which counter of the agent it names (RFC 3414 section 5, RFC 3412 section 5, RFC 3413 section 4).
enum V3Report: UInt8, Hashable, Sendable, CaseIterable {
    case unsupportedSecurityLevel
    case notInTimeWindow
    case unknownUserName
    case unknownEngineID
    case wrongDigest
    case decryptionError
    case unknownSecurityModel
    case unknownPDUHandler
    case unknownContext
    /// Any other counter, or none.
    case other

    private static let names: [(prefix: [UInt8], report: V3Report)] = [
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 1], .unsupportedSecurityLevel),
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 2], .notInTimeWindow),
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 3], .unknownUserName),
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 4], .unknownEngineID),
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 5], .wrongDigest),
        ([0x2B, 6, 1, 6, 3, 15, 1, 1, 6], .decryptionError),
        ([0x2B, 6, 1, 6, 3, 11, 2, 1, 1], .unknownSecurityModel),
        ([0x2B, 6, 1, 6, 3, 11, 2, 1, 3], .unknownPDUHandler),
        ([0x2B, 6, 1, 6, 3, 12, 1, 4], .unknownContext),
        ([0x2B, 6, 1, 6, 3, 12, 1, 5], .unknownContext),
    ]

    /// Reads the first name of a Report's data unit.
    init(_ message: MessageView) {
        var list = message.varBinds
        guard let varBind = try? list.readVarBindView() else {
            self = .other
            return
        }
        let found = Self.names.first { entry in
            entry.prefix.withUnsafeBytes { ObjectIdentifier.has(prefix: $0, varBind.name) }
        }
        self = found?.report ?? .other
    }

    /// The counter's name, for a Report of our own; empty for `other`.
    var objectIdentifier: ObjectIdentifier {
        let prefix = Self.names.first { $0.report == self }?.prefix ?? [0x2B]
        return ObjectIdentifier(unchecked: prefix + [0])
    }

    /// What the request comes to by it; nil where it is told in another way.
    var fault: SecurityFault.Kind? {
        switch self {
        case .unsupportedSecurityLevel: .unsupportedSecurityLevel
        case .notInTimeWindow: .notInTimeWindow
        case .unknownUserName: .unknownUserName
        case .unknownEngineID: .unknownEngineID
        case .wrongDigest: .wrongDigest
        case .decryptionError: .decryptionError
        case .unknownSecurityModel: .unsupportedSecurityModel
        case .unknownPDUHandler: .unknownContextEngine
        case .unknownContext: .unknownContext
        case .other: nil
        }
    }
}
