import Inventory
import Listing

/// A row to list.
struct Sample: Sendable, Hashable {
    var id: RowID
    var name: String?
    var size: Int64?
    var kind: String
    var isOn: Bool
    var tags: [String]

    static let schema = ListSchema<Sample>(
        "samples",
        columns: [
            Column("id", .identifier, "Identity.") { .identifier($0.id) },
            Column("name", .text, "Name.", nullable: true, uses: .all) { Cell($0.name) },
            Column("size", .integer, "Size.", nullable: true) { Cell($0.size) },
            Column("kind", .text, "Kind.", values: ["big", "small"]) { .text($0.kind) },
            Column("is_on", .boolean, "On.") { .boolean($0.isOn) },
            Column("tags", .list, "Tags.", uses: [.filter, .search]) { .list($0.tags) },
            Column("secret", .text, "Neither filter nor sort.", uses: []) { _ in .text("x") },
        ], id: { $0.id })

    static func numbered(
        _ number: UInt64, _ name: String? = nil, size: Int64? = nil, kind: String = "big", isOn: Bool = false,
        tags: [String] = []
    ) -> Sample {
        Sample(id: RowID(high: 0, low: number), name: name, size: size, kind: kind, isOn: isOn, tags: tags)
    }
}

/// Repeatable random numbers (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

func names(_ listing: Listing<Sample>, _ text: String) throws -> [String?] {
    let parameters = text.split(separator: "&").map { part in
        let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (name: String(halves[0]), value: halves.count > 1 ? String(halves[1]) : "")
    }
    return try listing.page(listing.schema.query(from: parameters)).items.map(\.name)
}
