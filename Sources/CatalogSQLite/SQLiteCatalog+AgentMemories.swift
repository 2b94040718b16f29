public import Catalog
import CatalogRows
import GRDB

extension SQLiteCatalog {
    /// All memories, ordered by address.
    public func agentMemories() async throws(CatalogError) -> [StoredAgentMemory] {
        try await read("reading what was learnt of agents") { db in
            try db.rows("\(StoredAgentMemory.selectSQL) ORDER BY address")
        }
    }

    /// Adds memories or replaces those of the same addresses, and removes others, in one transaction.
    public func reviseAgentMemories(
        saving saved: [StoredAgentMemory], removing addresses: [String]
    ) async throws(CatalogError) {
        try await write("saving what was learnt of agents") { db in
            for address in addresses {
                try db.run("DELETE FROM agent_memories WHERE address = ?1") { sink in sink.text(address) }
            }
            guard !saved.isEmpty else { return }
            let statement = try db.cachedStatement(sql: StoredAgentMemory.saveSQL)
            for memory in saved { try db.run(statement, memory) }
        }
    }
}
