/// What was learnt of SNMP agents: version 4 of the schema.
enum AgentsSchema {
    /// Found by its key alone, so without a rowid.
    static let statements = [
        """
        CREATE TABLE agent_memories (
          address TEXT PRIMARY KEY NOT NULL CONSTRAINT "agent_memories.address" CHECK (address <> ''),
          memory BLOB NOT NULL,
          \(SQLText.time("agent_memories", "updated_at"))
        ) STRICT, WITHOUT ROWID
        """
    ]
}
