public import Inventory

/// What is known of devices and ports when causes are sought.
///
/// Kept by whoever evaluates and changed as news comes in. A device that is not named is one nobody ever heard from.
public struct NetworkFacts: Sendable, Hashable {
    /// When each device was asked and heard.
    public var devices: [DeviceID: DeviceFacts]
    /// Ports known to be down: those whose alert is open or begins.
    public var deadPorts: [InterfaceID: DeadPort]
    /// From when on what is heard is known; nil for always.
    ///
    /// Times of before it are lower bounds: after a restart nobody was heard yet, which says nothing of the network.
    public var knownSince: Timestamp?

    /// Nothing is known.
    public init() {
        devices = [:]
        deadPorts = [:]
    }
}

/// When a device was asked and heard.
///
/// Times are those of the poller's clock. Whatever a device sends counts as heard: answers to any job, and traps.
public struct DeviceFacts: Sendable, Hashable {
    /// The last time anything was heard of it; nil for never.
    public var lastHeardAt: Timestamp?
    /// The last time it was asked, also where the answer is still awaited; nil for never.
    public var lastAskedAt: Timestamp?
    /// The last time a question was given up without an answer, all its repetitions included; nil for never.
    public var lastFailedAt: Timestamp?
    /// When it was found to be silent: as many questions in a row as its rule asks failed; nil while it is not.
    ///
    /// Cleared with the first answer: a time before `lastHeardAt` counts as none.
    public var silentAt: Timestamp?

    /// A device that was heard.
    public init(heardAt: Timestamp? = nil) {
        lastHeardAt = heardAt
    }
}

/// A port known to be down.
public struct DeadPort: Sendable, Hashable {
    /// Its device, which told it.
    public var deviceID: DeviceID
    /// Its name, for people.
    public var name: String
    /// When it was first known to be down.
    public var since: Timestamp
    /// When its status was last read; nil where that is not known.
    public var readAt: Timestamp?
    /// Seconds between two polls that read it; nil where that is not known.
    public var pollSeconds: Double?

    /// A dead port.
    public init(of deviceID: DeviceID, name: String, since: Timestamp, readAt: Timestamp? = nil) {
        self.deviceID = deviceID
        self.name = name
        self.since = since
        self.readAt = readAt
    }
}
