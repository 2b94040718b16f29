/// Who answers, as version 3 sees it (RFC 3411 section 5, RFC 3414 section 2.2).
struct EngineIdentity {
    var id: [UInt8]
    var boots: UInt32
    var time: UInt32
    /// Position of the device where `id` is the one it was made with; keys are kept by it.
    var device: Int?

    /// RFC 5612: the enterprise number for examples, with the first bit set (RFC 3411 section 5).
    private static let enterprise: [UInt8] = [0x80, 0x00, 0x7E, 0xD9]

    /// 2^31 - 1: boots that can go no further.
    static let latchedBoots: UInt32 = 2_147_483_647

    /// The engine ID of an IPv4 address in host byte order (format 1), or of ::1 (format 2).
    static func id(ofAddress address: UInt32) -> [UInt8] {
        guard address != LabAddress.sixLoopback else {
            return enterprise + [2] + [UInt8](repeating: 0, count: 15) + [1]
        }
        return enterprise + [1] + (0..<4).map { UInt8(truncatingIfNeeded: address >> UInt32(24 - 8 * $0)) }
    }

    /// How often a device had started before anything was done to it.
    static func boots(ofDevice ordinal: Int) -> UInt32 {
        UInt32(20 + ordinal % 50)
    }

    /// What faults make of it.
    func with(_ faults: SecurityFaults) -> EngineIdentity {
        guard faults != SecurityFaults() else { return self }
        var engine = self
        engine.boots = faults.isLatched ? Self.latchedBoots : UInt32(clamping: Int(boots) - faults.bootsBack)
        if let id = faults.engineID {
            engine.id = id
            engine.device = nil
        }
        return engine
    }

    /// Whether a message is of this engine's time (RFC 3414 section 3.2 step 7 a).
    func isInTime(_ message: SecureMessage) -> Bool {
        boots != Self.latchedBoots && message.engineBoots == Int64(boots)
            && abs(message.engineTime - Int64(time)) <= 150
    }
}

/// The error indications that make Reports (RFC 3414 section 5, RFC 3412 section 5, RFC 3413 section 4.1.2).
enum ReportReason: Int, CaseIterable {
    case unsupportedSecurityLevels = 0
    case notInTimeWindows, unknownUserNames, unknownEngineIDs, wrongDigests, decryptionErrors
    case unknownPDUHandlers, unknownContexts

    /// The counter's instance.
    var name: [UInt8] {
        let arcs: [UInt32] =
            switch self {
            case .unsupportedSecurityLevels: [1, 3, 6, 1, 6, 3, 15, 1, 1, 1, 0]
            case .notInTimeWindows: [1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0]
            case .unknownUserNames: [1, 3, 6, 1, 6, 3, 15, 1, 1, 3, 0]
            case .unknownEngineIDs: [1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0]
            case .wrongDigests: [1, 3, 6, 1, 6, 3, 15, 1, 1, 5, 0]
            case .decryptionErrors: [1, 3, 6, 1, 6, 3, 15, 1, 1, 6, 0]
            case .unknownPDUHandlers: [1, 3, 6, 1, 6, 3, 11, 2, 1, 3, 0]
            case .unknownContexts: [1, 3, 6, 1, 6, 3, 12, 1, 5, 0]
            }
        return ObjectName.encode(arcs) ?? []
    }
}
