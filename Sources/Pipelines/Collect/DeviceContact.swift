public import Inventory
public import SNMP

/// That a device was asked, and whether it answered: the end of one poll of counters or status.
public struct DeviceContact: Sendable, Hashable, Codable {
    /// The device.
    public var deviceID: DeviceID
    /// When it was asked.
    public var askedAt: Timestamp
    /// When its answer was complete, or was given up.
    public var endedAt: Timestamp
    /// Whether it answered.
    public var answered: Bool
    /// Polls in a row that it did not answer, this one among them; 0 where it did.
    public var failures: Int
    /// Whether it started anew since the poll before (sysUpTime).
    public var hasRestarted: Bool

    /// The end of a poll.
    public init(
        of deviceID: DeviceID, askedAt: Timestamp, endedAt: Timestamp, failures: Int = 0, hasRestarted: Bool = false
    ) {
        self.deviceID = deviceID
        self.askedAt = askedAt
        self.endedAt = endedAt
        answered = failures == 0
        self.failures = failures
        self.hasRestarted = hasRestarted
    }

    /// Whether as many polls in a row failed as it takes for a device to count as unreachable: three.
    public var isSilent: Bool { failures >= WatchedDeviceState.failuresMax }
}

extension SNMPError.Code {
    /// Whether an error says that a device is there: true for an answer that is of no use, false where none came that
    /// counts, nil where the device was not asked.
    ///
    /// Polls and single questions judge by this alike. A device that refuses our credentials is one that does not answer.
    public var provesAnswer: Bool? {
        switch self {
        case .errorStatus, .emptyResponse, .undecodable: true
        case .timeout, .refused, .unreachable, .deadline, .security: false
        case .requestTooLarge, .cancelled, .overloaded, .shutdown, .invalidArgument, .nameResolution, .system: nil
        }
    }
}

extension DeviceContact {
    /// Nil where the device was not asked.
    init?(_ outcome: borrowing PollOutcome, of device: DeviceID, _ result: PollConsequences) {
        guard let failures = result.failures else { return nil }
        let (from, to) = (outcome.startedMilliseconds, outcome.endedMilliseconds)
        let askedAt = Timestamp(milliseconds: outcome.startedAtUnixMilliseconds)
        self.init(
            of: device, askedAt: askedAt, endedAt: askedAt.advanced(bySeconds: Double(max(from, to) - from) / 1000),
            failures: failures, hasRestarted: result.hasRestarted)
    }
}
