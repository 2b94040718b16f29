#if Redis
    import Cluster
    import Inventory

    /// How a queue stands in Redis; each change is one script, so there are no half states.
    ///
    /// - `wardflux:{queue}:NAME:items` is a stream of pieces: `i` the id, `b` the body. Its consumer group `work` knows which were
    ///   claimed, by which process (the consumer) and how often.
    /// - `...:ids` is a hash: where in the stream a piece stands, by its id.
    /// - `...:due` is a sorted set: when each claim runs out, or a piece that was given back may be claimed, in milliseconds of
    ///   the server's clock.
    /// - `...:bell` is a stream of one entry, replaced when there may be something to claim sooner than those that wait know.
    struct RedisQueueKeys: Sendable {
        let prefix: String
        let queue: String

        private var all: [String] { ["items", "ids", "due", "bell"].map { "\(prefix):{queue}:\(queue):\($0)" } }

        /// The bell.
        var bell: String { "\(prefix):{queue}:\(queue):bell" }

        /// Adds a piece unless it is there; 1 where it was added.
        func putting(_ item: WorkItem) -> RedisCommand {
            .script(Self.put, keys: all, [item.id.description, item.body])
        }

        /// Claims pieces: `[[entry, attempt, id, body], ...]`, the bell's last entry, milliseconds until the next claim runs out.
        func claiming(for node: NodeID, limit: Int, seconds: Double) -> RedisCommand {
            .script(Self.claim, keys: all, [node.description, limit, seconds.inMilliseconds])
        }

        /// Prolongs a claim; 0 where it was lost.
        func keeping(_ held: RedisTicket, seconds: Double) -> RedisCommand {
            .script(Self.ifHeld + Self.keep, keys: all, held.arguments + [seconds.inMilliseconds])
        }

        /// Removes a piece; 0 where the claim was lost.
        func finishing(_ held: RedisTicket) -> RedisCommand {
            .script(Self.ifHeld + Self.finish, keys: all, held.arguments)
        }

        /// Gives a piece back; 0 where the claim was lost.
        func givingBack(_ held: RedisTicket, seconds: Double) -> RedisCommand {
            .script(Self.ifHeld + Self.giveBack, keys: all, held.arguments + [seconds.inMilliseconds])
        }

        /// Waits until the bell rings after an entry of it.
        func listening(after entry: String, seconds: Double) -> RedisCommand {
            // 0 would be for ever.
            RedisCommand("XREAD", "BLOCK", max(1, seconds.inMilliseconds), "STREAMS", bell, entry)
        }
    }

    /// What the queue knows a claim by: the entry of the stream, who claimed it, and for the how-manieth time.
    struct RedisTicket: Sendable {
        var entry: String
        var node: NodeID
        var attempt: Int
        var item: JobRunID

        /// The ticket of a claim; nil for one that never came from here.
        init?(_ claim: WorkClaim) {
            guard RedisStreamID(claim.ticket) != nil else { return nil }
            (entry, node, attempt, item) = (claim.ticket, claim.node, claim.attempt, claim.item.id)
        }

        var arguments: [any RedisWord] { [entry, node.description, attempt, item.description] }
    }
#endif
