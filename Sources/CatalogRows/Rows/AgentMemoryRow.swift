package import Catalog

extension StoredAgentMemory: TableRow {
    package static let table = "agent_memories"
    package static let columns = ["address", "memory", "updated_at"]

    package func write(to sink: inout some ColumnSink) {
        sink.text(address)
        sink.bytes(memory)
        sink.time(updatedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(address: row.requiredText(), memory: row.bytes(), updatedAt: try row.requiredTime())
    }
}
