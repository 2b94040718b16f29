#if Redis
    import Cluster
    import Inventory

    /// One listener of the bus: reads on when it is asked for more.
    actor RedisListener {
        private let link: RedisLink
        private let keys: RedisBusKeys
        /// Those that can exist; where there are none, one that cannot.
        private let topics: [String]
        private var places: [RedisBusPlace] = []
        private var epoch: String?
        private var serverProcess = ""
        /// What was read and not taken yet, the next at the end.
        private var ready: [BusEvent] = []

        init(_ link: RedisLink, _ keys: RedisBusKeys, topics: Set<String>) {
            self.link = link
            self.keys = keys
            let possible = topics.filter { (1...100).contains($0.count) }.sorted()
            self.topics = possible.isEmpty ? [""] : possible
        }

        /// The next event; nil when the bus was closed or the task was cancelled.
        func next() async -> BusEvent? {
            var pause = 0.1
            while !Task.isCancelled {
                if let event = ready.popLast() { return event }
                do throws(RedisFailure) {
                    try await read()
                    pause = 0.1
                } catch {
                    if error == .closed || error == .cancelled { return nil }
                    try? await Task.sleep(for: .seconds(pause))
                    pause = min(1, pause * 2)
                }
            }
            return nil
        }

        /// Looks how the bus stands and reads what is new, in one exchange; waits at most a second for something.
        private func read() async throws(RedisFailure) {
            var commands = keys.looking(at: topics)
            if !places.isEmpty { commands.append(keys.reading(topics, after: places.map(\.cursor.text))) }
            let replies = try await link.call(commands, serverSeconds: 1)
            for reply in replies {
                if case .refusal(let message) = reply { throw .refused(message) }
            }
            guard replies.count == commands.count else { throw .broken("it answered too little") }
            let process = await link.serverProcess
            let isOther = process != serverProcess
            serverProcess = process
            if isLost(replies[1]) {
                // What was read from the old places may be of another time: it is read again from the new ones.
                anchor(replies[1])
                ready = [.gap]
            } else {
                var events: [BusEvent] = isOther ? [.gap] : []
                if replies.count > 2 { events += take(replies[2]) }
                ready = events.reversed()
            }
        }

        // MARK: places

        /// Whether the bus is not the one that was listened to: for the first time, emptied, or set back.
        private func isLost(_ look: RedisReply) -> Bool {
            if places.isEmpty || look[0].text != epoch { return true }
            return places.indices.contains { index in
                let last = Self.place(in: look, index)
                return last.number < places[index].number || last.id < places[index].id
            }
        }

        /// Goes on after the last messages there are.
        private func anchor(_ look: RedisReply) {
            epoch = look[0].text
            places = topics.indices.map { Self.place(in: look, $0) }
        }

        /// The last message of a topic, as an answer to `looking` says.
        private static func place(in look: RedisReply, _ index: Int) -> RedisBusPlace {
            let id = look[2 + 2 * index].text.flatMap { RedisStreamID($0) } ?? RedisStreamID()
            return RedisBusPlace(number: look[1 + 2 * index].integer ?? 0, id: id, cursor: id)
        }

        // MARK: messages

        /// What an answer to `reading` says, with a gap before what does not follow what was read last.
        private func take(_ reply: RedisReply) -> [BusEvent] {
            var events: [BusEvent] = []
            for stream in reply.elements {
                guard let index = topics.firstIndex(where: { keys.stream($0) == stream[0].text }) else { continue }
                for entry in stream[1].elements { events += take(entry, index) }
            }
            return events
        }

        private func take(_ entry: RedisReply, _ index: Int) -> [BusEvent] {
            let fields = entry[1]
            guard let id = entry[0].text.flatMap({ RedisStreamID($0) }) else { return [.gap] }
            guard let number = fields[1].integer, let sender = fields[3].text.flatMap({ NodeID($0) }),
                let body = fields[5].octets
            else {
                // Not of this program: it has no number, and the bus does not know of it.
                places[index].cursor = id
                return []
            }
            let follows = number == places[index].number + 1
            places[index] = RedisBusPlace(number: number, id: id, cursor: id)
            let message = BusEvent.message(BusMessage(topic: topics[index], sender: sender, body: body))
            return follows ? [message] : [.gap, message]
        }
    }

    /// Where a listener is in a topic.
    struct RedisBusPlace: Sendable, Equatable {
        /// Number and id of the last message it had.
        var number: Int64
        var id: RedisStreamID
        /// The last entry it looked at.
        var cursor: RedisStreamID
    }
#endif
