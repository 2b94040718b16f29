/// What can be wrong; with an entity it names an alert: there is at most one open alert of each pair.
public enum AlertCondition: String, CaseIterable, Codable, Sendable, Hashable {
    /// An interface that is monitored, administratively up and was up before is not (ifOperStatus, IF-MIB).
    case interfaceDown = "interface_down"
    /// The busier direction of an interface carries more than so many percent of its speed.
    case highUtilization = "high_utilization"
    /// More than so many percent of its packets are errors (ifInErrors, ifOutErrors); the worse direction counts.
    case highErrorRate = "high_error_rate"
    /// More than so many percent of its packets are discarded (ifInDiscards, ifOutDiscards).
    case highDiscardRate = "high_discard_rate"
    /// An interface went down and up again more often than so many times in a while.
    case interfaceFlapping = "interface_flapping"
    /// The speed of an interface is another one than before (ifHighSpeed, ifSpeed).
    case speedChanged = "speed_changed"
    /// The duplex of an interface is another one than before (dot3StatsDuplexStatus, EtherLike-MIB).
    case duplexChanged = "duplex_changed"
    /// Another neighbour is heard at an interface than before.
    case neighborChanged = "neighbor_changed"
    /// The neighbour of an interface is not heard any more.
    case neighborLost = "neighbor_lost"
    /// Traffic of an interface is out of its usual.
    case anomaly
    /// A device does not answer.
    case deviceUnreachable = "device_unreachable"
    /// A device started anew (sysUpTime, snmpEngineBoots).
    case deviceRestarted = "device_restarted"
    /// Nothing of the network answers: the poller is cut off.
    case networkUnreachable = "network_unreachable"
    /// The disk of the data directory has less than so many percent free.
    case diskSpace = "disk_space"
    /// A store of WARD FLUX takes or answers nothing.
    case storeTrouble = "store_trouble"
    /// A job of WARD FLUX failed, or is overdue.
    case jobTrouble = "job_trouble"
}

/// What an alert's condition is of.
public enum AlertSubject: String, CaseIterable, Codable, Sendable, Hashable {
    /// An interface of a device.
    case interface
    /// A device.
    case device
    /// WARD FLUX itself.
    case system
}

extension AlertCondition {
    /// What it is a condition of.
    public var subject: AlertSubject {
        switch self {
        case .interfaceDown, .highUtilization, .highErrorRate, .highDiscardRate, .interfaceFlapping, .speedChanged,
            .duplexChanged, .neighborChanged, .neighborLost, .anomaly:
            .interface
        case .deviceUnreachable, .deviceRestarted: .device
        case .networkUnreachable, .diskSpace, .storeTrouble, .jobTrouble: .system
        }
    }

    /// Whether it is something that happened, and is over when it has not happened again for a while.
    public var isEvent: Bool {
        switch self {
        case .speedChanged, .duplexChanged, .neighborChanged, .deviceRestarted: true
        case .interfaceDown, .highUtilization, .highErrorRate, .highDiscardRate, .interfaceFlapping, .neighborLost,
            .anomaly, .deviceUnreachable, .networkUnreachable, .diskSpace, .storeTrouble, .jobTrouble:
            false
        }
    }
}

/// Where an alert is in its life.
public enum AlertState: String, CaseIterable, Codable, Sendable, Hashable {
    /// The condition holds, not yet for as long as its rule asks.
    case pending
    /// It holds.
    case firing
    /// It holds, and somebody said that they see to it.
    case acknowledged
    /// It is over.
    case resolved
}

/// Why an alert that fires is not sent.
public enum AlertHold: String, CaseIterable, Codable, Sendable, Hashable {
    /// Its rule records and does not send.
    case recordOnly = "record_only"
    /// Another alert explains it.
    case explained
    /// A maintenance window covers it.
    case maintenance
    /// A silence matches it.
    case silenced
    /// It is being found out whether another failure explains it.
    case verifying
}
