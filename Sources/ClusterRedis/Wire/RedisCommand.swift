#if Redis
    /// A command with its arguments, as it goes over the wire.
    struct RedisCommand: Sendable {
        /// The command in the form of RESP: an array of bulk strings.
        private(set) var octets: [UInt8] = []

        /// A command of these words.
        init(_ words: any RedisWord...) {
            self.init(words)
        }

        /// A command of these words.
        init(_ words: [any RedisWord]) {
            octets.append(contentsOf: "*\(words.count)\r\n".utf8)
            for word in words {
                let word = word.redisOctets
                octets.append(contentsOf: "$\(word.count)\r\n".utf8)
                octets.append(contentsOf: word)
                octets.append(contentsOf: [13, 10])
            }
        }

        /// A script with its keys and arguments.
        static func script(_ text: String, keys: [String], _ arguments: [any RedisWord]) -> RedisCommand {
            RedisCommand(["EVAL", text, keys.count] + keys + arguments)
        }
    }

    /// What can stand in a command.
    protocol RedisWord: Sendable {
        var redisOctets: [UInt8] { get }
    }

    extension String: RedisWord {
        var redisOctets: [UInt8] { Array(utf8) }
    }

    extension Int: RedisWord {
        var redisOctets: [UInt8] { Array(description.utf8) }
    }

    extension [UInt8]: RedisWord {
        var redisOctets: [UInt8] { self }
    }
#endif
