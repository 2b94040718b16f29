/// Why a request of version 3 came to nothing, by the agent's word or because of what its messages are.
///
/// It names the user and never a secret.
public struct SecurityFault: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The agent says: the digest is wrong (usmStatsWrongDigests).
        case wrongDigest
        /// The agent says: it does not know the user (usmStatsUnknownUserNames).
        case unknownUserName
        /// The agent says: the user has no such level (usmStatsUnsupportedSecLevels).
        case unsupportedSecurityLevel
        /// The agent says: it cannot decrypt (usmStatsDecryptionErrors).
        case decryptionError
        /// The agent refuses the time again after it was set by its own word (usmStatsNotInTimeWindows).
        case notInTimeWindow
        /// The agent refuses the engine ID it has just named (usmStatsUnknownEngineIDs).
        case unknownEngineID
        /// The agent names an engine ID that no agent may have: empty, longer than 32 octets, or all zero or all ones.
        case invalidEngineID
        /// The agent's snmpEngineBoots has reached 2147483647: it takes no authenticated message any more.
        case bootsLatched
        /// The agent does not know the context (snmpUnknownContexts, snmpUnavailableContexts).
        case unknownContext
        /// The agent has nothing that serves such requests in the context engine (snmpUnknownPDUHandlers).
        case unknownContextEngine
        /// The agent does not know the user-based security model (snmpUnknownSecurityModels).
        case unsupportedSecurityModel
        /// Answers came whose digest is wrong: they were changed on the way, or are not the agent's.
        case unauthenticResponse
        /// Answers came that were authenticated but cannot be decrypted.
        case undecryptableResponse
        /// The agent named its engine, and then was silent to every request.
        case silentAfterDiscovery
    }

    /// What is wrong.
    public let kind: Kind
    /// The user's name.
    public let userName: String
    /// The level of the request.
    public let level: SecurityLevel

    init(_ kind: Kind, _ user: SecurityUser) {
        self.kind = kind
        userName = user.name
        level = user.level
    }
}

extension SecurityFault: CustomStringConvertible {
    /// The cause as a clause, with the user's name.
    public var description: String {
        switch kind {
        case .wrongDigest: "the agent refuses the digest of user \(userName)"
        case .unknownUserName: "the agent does not know user \(userName)"
        case .unsupportedSecurityLevel: "the agent refuses level \(level) for user \(userName)"
        case .decryptionError: "the agent cannot decrypt what user \(userName) sent"
        case .notInTimeWindow: "the agent refuses its own time from user \(userName)"
        case .unknownEngineID: "the agent refuses its own engine ID from user \(userName)"
        case .invalidEngineID: "the agent names an engine ID that is not valid (user \(userName))"
        case .bootsLatched: "the agent's snmpEngineBoots has reached its end, 2147483647 (user \(userName))"
        case .unknownContext: "the agent does not know the context asked by user \(userName)"
        case .unknownContextEngine: "the agent does not serve the context engine asked by user \(userName)"
        case .unsupportedSecurityModel: "the agent does not know the user-based security model (user \(userName))"
        case .unauthenticResponse: "the answers to user \(userName) are not authentic"
        case .undecryptableResponse: "the answers to user \(userName) cannot be decrypted"
        case .silentAfterDiscovery:
            "the agent named its engine, and does not answer user \(userName) at level \(level)"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch kind {
        case .wrongDigest: "check the authentication pass phrase and protocol"
        case .unknownUserName: "check the user's name, and that it is defined on the agent"
        case .unsupportedSecurityLevel: "check which level the agent gives the user, and its protocols"
        case .decryptionError, .undecryptableResponse:
            "check the privacy pass phrase and protocol; for AES-192 and AES-256 try the other key extension"
        case .notInTimeWindow: "check the agent's clock and that it keeps snmpEngineBoots"
        case .unknownEngineID: "check whether two agents answer at this address"
        case .invalidEngineID: "set an engine ID of 5 to 32 octets on the agent"
        case .bootsLatched: "give the agent a new engine ID, and its users their keys anew"
        case .unknownContext: "check contextName"
        case .unknownContextEngine: "check contextEngineID"
        case .unsupportedSecurityModel: "enable version 3 on the agent"
        case .unauthenticResponse: "check the authentication pass phrase, and who else answers at this address"
        case .silentAfterDiscovery where level == .authPriv:
            "check the privacy pass phrase and protocol; for AES-192 and AES-256 try the other key extension"
        case .silentAfterDiscovery: "check user, level, pass phrase, and the agent's access list"
        }
    }
}

/// What was seen of version 3 since the engine was started.
///
/// All counters only grow.
public struct SecurityStatistics: Hashable, Sendable {
    /// Requests for an agent's engine ID.
    public var discoveries: UInt64 = 0
    /// Reports that answered one of our messages.
    public var reports: UInt64 = 0
    /// Requests sent again at once, with the time the agent gave.
    public var resynchronisations: UInt64 = 0
    /// Agents whose engine ID turned out to be another one than before.
    public var enginesReplaced: UInt64 = 0
    /// Times an agent's clock was set back by its signed Report, at most once an hour for each: it lost its boots, or
    /// somebody sent a recorded Report again.
    public var clocksSetBack: UInt64 = 0
    /// Messages with a wrong digest.
    public var wrongDigest: UInt64 = 0
    /// Authenticated messages outside the time window.
    public var notInTimeWindow: UInt64 = 0
    /// Authenticated messages that cannot be decrypted.
    public var undecryptable: UInt64 = 0
    /// Messages of another user, level, engine or context than the request's.
    public var mismatched: UInt64 = 0
    /// Reports that did not count against a session that works: unauthenticated, or to set its clock back again.
    public var distrustedReports: UInt64 = 0

    /// Makes a record of nothing.
    public init() {}

    static func + (left: SecurityStatistics, right: SecurityStatistics) -> SecurityStatistics {
        let counters: [WritableKeyPath<SecurityStatistics, UInt64>] = [
            \.discoveries, \.reports, \.resynchronisations, \.enginesReplaced, \.wrongDigest, \.notInTimeWindow,
            \.undecryptable, \.mismatched, \.distrustedReports, \.clocksSetBack,
        ]
        var sum = left
        for counter in counters { sum[keyPath: counter] += right[keyPath: counter] }
        return sum
    }
}
