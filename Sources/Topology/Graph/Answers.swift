public import Inventory

/// What fails, in a question about impact.
public enum FailedElement: Sendable, Hashable {
    /// A device, with all its cables.
    case device(DeviceID)
    /// One cable; parallel ones stay.
    case link(LinkRecordID)
}

/// What is cut off if an element fails.
public struct Impact: Sendable, Hashable {
    /// From where it is seen.
    public enum Viewpoint: Sendable, Hashable {
        /// The device next to the poller.
        case device(DeviceID)
        /// The largest part that remains of the part of the network that the failed element is in, as the poller's
        /// place is not known or is in another part.
        case largestPart
    }

    /// From where it is seen.
    public var viewpoint: Viewpoint
    /// Devices that lose their last path to the viewpoint, ordered by name; the failed device itself is not among them.
    public var cutOff: [DeviceID]
    /// The parts into which those fall, the largest first, each ordered by name.
    public var parts: [[DeviceID]]
    /// Cables that become useless: those at the failed device, or the failed one.
    public var failedLinks: [LinkRecordID]
    /// Devices that stay connected and lose redundancy, ordered by name: two paths to the viewpoint that share no cable
    /// exist before, and none after; seen from the largest part, to the device of it with the most cables.
    public var lostRedundancy: [DeviceID]
    /// Whether the viewpoint itself fails, so that everything is cut off.
    public var viewpointFails: Bool

    /// An impact on nothing.
    public init(viewpoint: Viewpoint) {
        self.viewpoint = viewpoint
        cutOff = []
        parts = []
        failedLinks = []
        lostRedundancy = []
        viewpointFails = false
    }
}

/// A way between two devices.
public struct TopologyPath: Sendable, Hashable {
    /// The devices on it, from one end to the other.
    public var nodes: [DeviceID]
    /// The cables between each two of them: one fewer than `nodes`; of parallel ones the fastest that is up.
    public var links: [LinkRecordID]
    /// Whether no single cable's failure parts the two ends: two paths that share no cable exist.
    public var isRedundant: Bool
    /// Devices that every path between the two ends passes, in their order on this one; the ends are not among them.
    public var singlePoints: [DeviceID]

    /// A path.
    public init(nodes: [DeviceID], links: [LinkRecordID], isRedundant: Bool, singlePoints: [DeviceID]) {
        self.nodes = nodes
        self.links = links
        self.isRedundant = isRedundant
        self.singlePoints = singlePoints
    }
}

/// A device or cable whose failure cuts others off.
public struct SinglePointOfFailure: Sendable, Hashable {
    /// What it is.
    public var element: FailedElement
    /// How many devices lose their last path to the viewpoint.
    public var cutOffCount: Int

    /// A single point of failure.
    public init(element: FailedElement, cutOffCount: Int) {
        self.element = element
        self.cutOffCount = cutOffCount
    }
}
