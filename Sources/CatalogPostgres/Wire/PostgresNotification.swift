#if PostgreSQL
    /// What another session said by `NOTIFY`.
    public struct PostgresNotification: Sendable, Hashable {
        /// The channel.
        public var channel: String
        /// The text, empty where there is none.
        public var payload: String
    }
#endif
