#if Redis
    import CHiredis

    /// What a server answers to a command.
    enum RedisReply: Sendable, Equatable {
        case nothing
        case integer(Int64)
        /// A string or a status.
        case octets([UInt8])
        case list([RedisReply])
        /// An error, in the server's words.
        case refusal(String)

        /// Copies a reply of hiredis, which bounds how deep they are nested.
        init(copying reply: redisReply) {
            switch reply.type {
            case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
            case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .octets(Self.octets(of: reply))
            case REDIS_REPLY_ERROR: self = .refusal(String(decoding: Self.octets(of: reply), as: UTF8.self))
            case REDIS_REPLY_ARRAY:
                let elements = UnsafeBufferPointer(start: reply.element, count: reply.elements)
                self = .list(elements.map { element in element.map { RedisReply(copying: $0.pointee) } ?? .nothing })
            default: self = .nothing
            }
        }

        private static func octets(of reply: redisReply) -> [UInt8] {
            Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len))
        }

        /// The elements of a list; none for anything else.
        var elements: [RedisReply] {
            if case .list(let elements) = self { return elements }
            return []
        }

        /// An element of a list; nothing where there is none.
        subscript(_ index: Int) -> RedisReply {
            let elements = elements
            return elements.indices.contains(index) ? elements[index] : .nothing
        }

        /// The octets of a string.
        var octets: [UInt8]? {
            if case .octets(let octets) = self { return octets }
            return nil
        }

        /// A string as text.
        var text: String? { octets.map { String(decoding: $0, as: UTF8.self) } }

        /// A number, however it was written.
        var integer: Int64? {
            if case .integer(let value) = self { return value }
            return text.flatMap { Int64($0) }
        }
    }
#endif
