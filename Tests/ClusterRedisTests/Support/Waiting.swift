#if Redis
    import Cluster
    import Inventory
    import Testing

    @testable import ClusterRedis

    /// Looks again and again until a condition holds, at most a minute.
    func eventually(
        _ what: Comment, at place: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record(what, sourceLocation: place)
    }

    /// The error of the cluster that `body` throws.
    func failure(_ body: () async throws -> Void) async -> ClusterError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? ClusterError
        }
    }

    /// How long `body` took.
    func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        try await ContinuousClock().measure { try await body() } / .seconds(1)
    }

    /// Does it again while the server is said to be away.
    func patiently<Outcome>(_ body: () async throws -> Outcome) async throws -> Outcome {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await body()
            } catch let error as ClusterError where error.code == .unavailable && .now < end {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    extension BusMessage {
        init(_ topic: String, _ text: String) {
            self.init(topic: topic, sender: .random(), body: Array(text.utf8))
        }
    }

    extension BusEvent {
        /// What it says, for comparing: a text, or `gap`.
        var text: String {
            switch self {
            case .gap: "gap"
            case .message(let message): String(decoding: message.body, as: UTF8.self)
            }
        }
    }

    extension AsyncStream<BusEvent>.Iterator {
        /// What comes next, up to and with a text.
        mutating func texts(upTo last: String) async -> [String] {
            var found: [String] = []
            while let event = await next() {
                found.append(event.text)
                if event.text == last { break }
            }
            return found
        }
    }
#endif
