#if Redis
    import Cluster
    import Inventory

    /// How the bus stands in Redis.
    ///
    /// - `wardflux:{bus}:TOPIC` is a stream of messages: `n` their number, `s` who says it, `b` the body.
    /// - `wardflux:{bus}` is a hash: `e` an epoch, made up when the hash is made, `n:TOPIC` the number and `i:TOPIC` the id of the
    ///   last message of a topic.
    struct RedisBusKeys: Sendable {
        let prefix: String

        /// The hash.
        var hash: String { "\(prefix):{bus}" }

        /// The stream of a topic.
        func stream(_ topic: String) -> String { "\(prefix):{bus}:\(topic)" }

        /// Publishes messages in one step, so no number is without its message.
        func publishing(_ messages: ArraySlice<BusMessage>, length: Int) -> RedisCommand {
            var arguments: [any RedisWord] = [max(100, min(1_000_000, length)), NodeID.random().description]
            for message in messages {
                arguments += [message.topic, message.sender.description, message.body] as [any RedisWord]
            }
            return .script(Self.publish, keys: [hash] + messages.map { stream($0.topic) }, arguments)
        }

        private static let publish = """
            redis.call('HSETNX', KEYS[1], 'e', ARGV[2])
            for i = 2, #KEYS do
              local topic, sender, body = ARGV[3 * i - 3], ARGV[3 * i - 2], ARGV[3 * i - 1]
              local number = redis.call('HINCRBY', KEYS[1], 'n:' .. topic, 1)
              local id = redis.call(
                'XADD', KEYS[i], 'MAXLEN', '~', ARGV[1], '*', 'n', number, 's', sender, 'b', body)
              redis.call('HSET', KEYS[1], 'i:' .. topic, id)
            end
            return 1
            """

        /// Asks for the epoch and the last message of each topic: two commands, the second with the answer.
        func looking(at topics: [String]) -> [RedisCommand] {
            [
                RedisCommand("HSETNX", hash, "e", NodeID.random().description),
                RedisCommand(["HMGET", hash, "e"] + topics.flatMap { ["n:" + $0, "i:" + $0] }),
            ]
        }

        /// Asks for the next messages of topics after a place in each; waits a second for the first.
        func reading(_ topics: [String], after ids: [String]) -> RedisCommand {
            RedisCommand(
                ["XREAD", "COUNT", "16", "BLOCK", "1000", "STREAMS"] + topics.map(stream) + ids)
        }
    }

    /// The id of an entry of a stream: milliseconds and a number.
    struct RedisStreamID: Sendable, Hashable, Comparable {
        var milliseconds: UInt64 = 0
        var number: UInt64 = 0

        /// Before all entries.
        init() {}

        /// Reads `1700000000000-0`.
        init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let milliseconds = UInt64(parts[0]), let number = UInt64(parts[1]) else {
                return nil
            }
            self.milliseconds = milliseconds
            self.number = number
        }

        var text: String { "\(milliseconds)-\(number)" }

        static func < (left: RedisStreamID, right: RedisStreamID) -> Bool {
            (left.milliseconds, left.number) < (right.milliseconds, right.number)
        }
    }
#endif
