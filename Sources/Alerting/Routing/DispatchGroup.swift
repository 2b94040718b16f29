import Inventory

extension AlertDispatcher {
    /// Where something is told: deliveries of one place are made one after another.
    struct Place: Sendable, Hashable {
        var receiver: String
        var group: String
    }

    /// An alert that a receiver is to be told of.
    struct Need: Sendable {
        var alert: Alert
        var reason: AlertDelivery.Reason
        /// Whether it could not be told before.
        var isLost: Bool

        /// Whether it brings what nobody in the place knows yet.
        var isNews: Bool { alert.isOpen && reason != .reminder }
    }

    /// What is to be told in a place, and since when.
    struct Group: Sendable {
        /// The latest messages, as many as may be sent at once.
        private(set) var sentAt: [Timestamp] = []
        private(set) var needs: [Need] = []
        private var waitingSince: Timestamp?
        private var newsSince: Timestamp?
        /// Of those of its routes that were asked since the last message, the most impatient.
        private var waitSeconds = Double.infinity
        private var intervalSeconds = Double.infinity

        mutating func add(_ need: Need, _ way: AlertWay, at now: Timestamp) {
            if needs.isEmpty { (waitSeconds, intervalSeconds) = (.infinity, .infinity) }
            waitSeconds = min(waitSeconds, way.waitSeconds)
            intervalSeconds = min(intervalSeconds, way.intervalSeconds)
            waitingSince = waitingSince ?? now
            if need.isNews { newsSince = newsSince ?? now }
            needs.append(need)
        }

        /// When it is told; nil where there is nothing to tell.
        ///
        /// What is new does not wait for the interval, until so many messages were sent within it that people are
        /// better told of the rest together.
        var due: Timestamp? {
            guard !needs.isEmpty, let waitingSince else { return nil }
            let rest = sentAt.last?.advanced(bySeconds: intervalSeconds)
            let due = max(waitingSince.advanced(bySeconds: waitSeconds), rest ?? waitingSince)
            guard let newsSince, needs.contains(where: \.isNews) else { return due }
            let isCrowded = sentAt.count == AlertDispatcher.messagesAtOnceMax
            let free = isCrowded ? sentAt.first?.advanced(bySeconds: intervalSeconds) : nil
            return min(due, max(newsSince.advanced(bySeconds: waitSeconds), free ?? newsSince))
        }

        /// What is told now.
        mutating func take(at now: Timestamp) -> [Need] {
            sentAt = sentAt.suffix(AlertDispatcher.messagesAtOnceMax - 1) + [now]
            (waitingSince, newsSince) = (nil, nil)
            defer { needs = [] }
            return needs
        }

        /// What is to be told is found anew each time.
        mutating func rest() {
            if needs.isEmpty { waitingSince = nil }
            if !needs.contains(where: \.isNews) { newsSince = nil }
            needs = []
        }

        /// Whether nothing is lost when it is forgotten.
        func isForgotten(at now: Timestamp) -> Bool {
            guard needs.isEmpty else { return false }
            return sentAt.last.map { now.secondsSince($0) >= intervalSeconds } ?? true
        }
    }
}

extension AlertWay {
    /// How a receiver with a memory of its own is told.
    static let atOnce: AlertWay = {
        var way = AlertWay()
        way.intervalSeconds = 0
        return way
    }()

    func leads(to receiver: String) -> Bool {
        receivers.contains(receiver) || escalations.contains { $0.receivers.contains(receiver) }
    }
}
