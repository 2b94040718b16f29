import Cluster
import FoundationEssentials
import Inventory
import Jobs

/// What the processes of a cluster tell each other about; the names are those of the topics on the bus.
enum ClusterTopic: String, CaseIterable {
    /// Topics on which a process also has something to say to itself: it may do the work it posted.
    static let ownToo: Set<ClusterTopic> = [.work, .orders]
    /// Topics of which the catalog is asked more; whoever hears them waits while the catalog is away.
    static let ofCatalog: Set<ClusterTopic> = [.alerts, .runs, .nudges]

    /// What polls brought: `CollectionNews`.
    case readings
    /// What notifications said of ports, for whoever polls them: `[InterfaceStatusChange]`.
    case ports
    /// What notifications said, for whoever looks for alerts: `[HeardTrap]`.
    case traps
    /// How the collection of a process stands: `CollectionStatistics`.
    case standing
    /// A question for all that collect: `CycleQuestion`.
    case cycleQuestions = "cycle-questions"
    /// Its answers: `CycleAnswer`.
    case cycleAnswers = "cycle-answers"
    /// Alerts that changed: `AlertWord`.
    case alerts
    /// What a check found: `AnomalyNews`.
    case anomalies
    /// Runs of jobs that changed, by id.
    case runs
    /// That an operator said something of an alert: nothing more.
    case nudges
    /// What becomes of work that was posted: `WorkWord`.
    case work
    /// What is asked of work that was posted: `WorkOrder`.
    case orders
}

extension BusMessage {
    /// A message with a value as JSON; throws where the value cannot be written.
    init(_ topic: ClusterTopic, _ value: some Encodable, from node: NodeID) throws {
        self.init(topic: topic.rawValue, sender: node, body: Array(try JSONEncoder().encode(value)))
    }

    /// Reads a value from JSON; throws where it is not one.
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

/// A question for all that collect: close the books, or poll at once.
struct CycleQuestion: Codable, Hashable {
    var id: JobRunID
    /// Only this device; nil for all.
    var device: DeviceID?
    var pollsNow: Bool
}

/// An alert desk's news, small: whoever is interested reads the alerts in the catalog.
struct AlertWord: Codable, Hashable {
    var at: Timestamp
    var alerts: [AlertID]
    var changes: [AlertChange]
    var removed: [AlertID]
    /// There were too many to be told one by one.
    var isTooMuch = false
}

/// Work as it is posted.
struct PostedWork: Codable, Hashable {
    /// The process whose run it is.
    var poster: NodeID
    var run: JobRunID
    var job: String
    var subject: String?
    var trigger: JobTrigger
    var scheduledAt: Timestamp
    var parameters: [String: String]
}

/// How posted work goes, told every second and at its end until that was heard.
struct WorkWord: Codable, Hashable {
    /// How it ended.
    enum End: String, Codable, Hashable {
        case succeeded, partial, failed, cancelled
    }

    var run: JobRunID
    /// Who posted it, and answers; nil where that cannot be read.
    var poster: NodeID?
    var done = 0
    var total = 0
    var results: [String: Int64] = [:]
    /// Nil while it is under way.
    var end: End?
    var message: String?
}

/// What is asked of posted work.
struct WorkOrder: Codable, Hashable {
    /// What is asked.
    enum Kind: String, Codable, Hashable {
        /// End it.
        case cancel
        /// Its end was heard.
        case heard
        /// End the run, in whichever process it is recorded.
        case cancelRun
    }

    var run: JobRunID
    var kind: Kind
}
