public import Alerting
public import Inventory

/// How WARD FLUX itself is.
public struct SystemHealth: Sendable, Hashable {
    /// How much of the disk of the data directory is free, percent; nil where that is not known.
    public var diskFreePercent: Double?
    /// Stores by name (`catalog`, `series`), and what is wrong with each; nil for nothing.
    public var stores: [String: String?]
    /// Jobs by name, and why each failed or that it is overdue; nil for nothing.
    public var jobs: [String: String?]
    /// The receivers in force by name; nil where they are not known.
    ///
    /// How they are is told by the courier.
    public var receivers: Set<String>?

    /// Nothing is known.
    public init(diskFreePercent: Double? = nil, stores: [String: String?] = [:], jobs: [String: String?] = [:]) {
        self.diskFreePercent = diskFreePercent
        self.stores = stores
        self.jobs = jobs
    }

    /// The part of WARD FLUX whose trouble is a receiver's: `receiver:noc`.
    static let receiverPrefix = "receiver:"

    /// What follows: what is wrong, and of what is open that it is over.
    ///
    /// A job, store or receiver that is not named any more is none that is in trouble.
    func occurrences(open: Set<AlertKey>, at now: Timestamp) -> [AlertOccurrence] {
        var found: [AlertOccurrence] = []
        if let diskFreePercent {
            found.append(AlertOccurrence(.system("disk", .diskSpace), at: now, value: diskFreePercent))
        }
        found += stores.sorted { $0.key < $1.key }.compactMap { name, trouble in
            Self.occurrence(.system(name, .storeTrouble), trouble.map { "Store \(name): \($0)" }, open, now)
        }
        found += jobs.sorted { $0.key < $1.key }.compactMap { name, trouble in
            Self.occurrence(.system("job:\(name)", .jobTrouble), trouble.map { "Job \(name): \($0)" }, open, now)
        }
        let gone = open.subtracting(found.map(\.key)).filter(isGone)
        found += gone.sorted { $0.entity.key < $1.entity.key }.map { AlertOccurrence($0, holds: false, at: now) }
        return found
    }

    private static func occurrence(
        _ key: AlertKey, _ message: String?, _ open: Set<AlertKey>, _ now: Timestamp
    ) -> AlertOccurrence? {
        if let message { return AlertOccurrence(key, at: now, message: message) }
        return open.contains(key) ? AlertOccurrence(key, holds: false, at: now) : nil
    }

    /// Whether an alert is of a job, store or receiver that nobody speaks of any more.
    private func isGone(_ key: AlertKey) -> Bool {
        guard case .system(let name) = key.entity else { return false }
        switch key.condition {
        case .jobTrouble: return true
        case .storeTrouble:
            guard name.hasPrefix(Self.receiverPrefix) else { return true }
            return receivers.map { !$0.contains(String(name.dropFirst(Self.receiverPrefix.count))) } ?? false
        default: return false
        }
    }
}

extension AlertOccurrence {
    /// A receiver is in trouble.
    static func receiver(_ name: String, _ trouble: String, at now: Timestamp) -> AlertOccurrence {
        AlertOccurrence(.receiver(name), at: now, message: "Receiver \(name) \(trouble)")
    }

    /// A receiver was told something: it is in no trouble.
    public static func receiverIsWell(_ name: String, at now: Timestamp) -> AlertOccurrence {
        AlertOccurrence(.receiver(name), holds: false, at: now)
    }
}

extension AlertKey {
    /// Trouble of a receiver.
    fileprivate static func receiver(_ name: String) -> AlertKey {
        .system(SystemHealth.receiverPrefix + name, .storeTrouble)
    }
}

extension AlertKey {
    /// A condition of a part of WARD FLUX.
    static func system(_ name: String, _ condition: AlertCondition) -> AlertKey {
        AlertKey(entity: .system(name), condition: condition)
    }
}
