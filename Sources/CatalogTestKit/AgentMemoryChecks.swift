import Catalog
import Inventory

extension CatalogContract {
    private static func memory(_ address: String, _ octets: [UInt8] = [1, 2, 3], minute: Double = 0)
        -> StoredAgentMemory
    {
        StoredAgentMemory(
            address: address, memory: octets, updatedAt: Specimens.noon.advanced(bySeconds: minute * 60))
    }

    static let agentMemoryChecks: [Check] = [
        Check("memories of agents are ordered by address and come back as stored") { catalog in
            let memories = [
                memory("10.0.0.1:161", Array(0...255)), memory("10.0.0.2:1161", []), memory("[2001:db8::1]:161"),
            ]
            try await catalog.reviseAgentMemories(saving: memories.reversed(), removing: [])
            try expectEqual(try await catalog.agentMemories(), memories, "memories")
        },
        Check("saving a memory of the same address replaces it, and others are removed with it") { catalog in
            let (first, second) = (memory("10.0.0.1:161"), memory("10.0.0.2:161"))
            try await catalog.reviseAgentMemories(saving: [first, second], removing: [])
            let changed = memory("10.0.0.1:161", [9], minute: 10)
            try await catalog.reviseAgentMemories(
                saving: [changed], removing: ["10.0.0.2:161", "10.0.0.3:161"])
            try expectEqual(try await catalog.agentMemories(), [changed], "memories")
        },
        Check("a memory that is removed and saved at once is saved") { catalog in
            try await catalog.reviseAgentMemories(saving: [memory("10.0.0.1:161")], removing: [])
            let changed = memory("10.0.0.1:161", [7])
            try await catalog.reviseAgentMemories(saving: [changed], removing: ["10.0.0.1:161"])
            try expectEqual(try await catalog.agentMemories(), [changed], "memories")
        },
        Check("a memory without an address is refused, and nothing of its revision is kept") { catalog in
            try await catalog.reviseAgentMemories(saving: [memory("10.0.0.1:161")], removing: [])
            try await expectFailure(.invalidValue, "a memory without an address") {
                try await catalog.reviseAgentMemories(
                    saving: [memory("10.0.0.2:161"), memory("")], removing: ["10.0.0.1:161"])
            }
            try expectEqual(try await catalog.agentMemories(), [memory("10.0.0.1:161")], "memories")
        },
        Check("memories of agents do not move the revision of lists") { catalog in
            let before = try await catalog.revision()
            try await catalog.reviseAgentMemories(saving: [memory("10.0.0.1:161")], removing: [])
            try expectEqual(try await catalog.revision(), before, "revision")
        },
    ]
}
