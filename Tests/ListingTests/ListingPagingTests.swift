import Listing
import Testing

/// Whatever the order, the filter and the size of pages: every row is seen exactly once.
@Suite struct ListingPagingTests {
    private static let sorts = ["", "name", "-name", "size", "-size,name", "kind,-size", "is_on,-name,size", "-id"]
    private static let filters = ["", "kind=small", "size__gte=3", "q=a", "name__isnull=false&is_on=true"]

    private static func rows(_ count: Int, _ dice: inout Dice) -> [Sample] {
        (0..<count).map { number in
            Sample.numbered(
                UInt64(number) &* 0x9E37_79B9_7F4A_7C15, random(&dice, 4) == 0 ? nil : "a\(random(&dice, 5))",
                size: random(&dice, 5) == 0 ? nil : Int64(random(&dice, 6)),
                kind: random(&dice, 2) == 0 ? "big" : "small",
                isOn: random(&dice, 2) == 0)
        }
    }

    private static func random(_ dice: inout Dice, _ below: Int) -> Int { Int.random(in: 0..<below, using: &dice) }

    private static func query(_ sort: String, _ filter: String) throws -> ListQuery {
        let text = [sort.isEmpty ? "" : "sort=\(sort)", filter].filter { !$0.isEmpty }.joined(separator: "&")
        return try Sample.schema.query(
            from: text.split(separator: "&").map {
                let halves = $0.split(separator: "=")
                return (name: String(halves[0]), value: String(halves[1]))
            })
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func pagesVisitEveryRowOnceInOrder(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let listing = Listing(Self.rows(157, &dice), schema: Sample.schema)
        for sort in Self.sorts {
            for filter in Self.filters {
                var query = try Self.query(sort, filter)
                let expected = listing.all(query).map(\.id)
                query.limit = 1 + Self.random(&dice, 40)
                var seen: [RowID] = []
                repeat {
                    let page = try listing.page(query)
                    #expect(page.total == expected.count, "seed \(seed) sort \(sort) filter \(filter)")
                    seen += page.items.map(\.id)
                    query.cursor = page.nextCursor
                } while query.cursor != nil
                #expect(seen == expected, "seed \(seed) sort \(sort) filter \(filter) limit \(query.limit)")
            }
        }
    }

    @Test(arguments: [5, 6, 7, 8] as [UInt64])
    func rowsThatStayAreSeenOnceWhileOthersComeAndGo(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let lasting = Self.rows(80, &dice)
        for sort in Self.sorts {
            var query = try Self.query(sort, "")
            query.limit = 1 + Self.random(&dice, 12)
            var seen: [RowID: Int] = [:]
            repeat {
                let passing = (0..<Self.random(&dice, 40)).map { _ in
                    Sample.numbered(dice.next(), "a\(Self.random(&dice, 9))", size: Int64(Self.random(&dice, 9)))
                }
                let page = try Listing(lasting + passing, schema: Sample.schema).page(query)
                for row in page.items { seen[row.id, default: 0] += 1 }
                query.cursor = page.nextCursor
            } while query.cursor != nil
            for row in lasting { #expect(seen[row.id] == 1, "seed \(seed) sort \(sort) row \(row)") }
        }
    }

    @Test(arguments: [9, 10] as [UInt64])
    func anOrderAgreesWithComparingRows(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let listing = Listing(Self.rows(200, &dice), schema: Sample.schema)
        let sorted = listing.all(try Self.query("-size,name", ""))
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            let key = { (row: Sample) in (row.size.map { -$0 } ?? .max, row.name ?? "z", row.id) }
            #expect(key(left) < key(right), "seed \(seed)")
        }
    }

    /// After any number of replaced rows a table answers as one that was made of the rows as they are now.
    @Test(arguments: [11, 12, 13] as [UInt64])
    func aReplacedRowIsListedAsIfTheTableWereNew(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        var rows = Self.rows(97, &dice)
        var listing = Listing(rows, schema: Sample.schema)
        for round in 0..<600 {
            let place = Self.random(&dice, rows.count)
            let id = rows[place].id
            rows[place] = Sample(
                id: id, name: Self.random(&dice, 4) == 0 ? nil : "n\(Self.random(&dice, 30))",
                size: Self.random(&dice, 4) == 0 ? nil : Int64(Self.random(&dice, 20)),
                kind: Self.random(&dice, 2) == 0 ? "big" : "small", isOn: Self.random(&dice, 2) == 0,
                tags: ["t\(Self.random(&dice, 3))"])
            listing = try #require(listing.replacing(rows[place]))
            guard round % 37 == 0 || round > 590 else { continue }
            let fresh = Listing(rows, schema: Sample.schema)
            #expect(listing.rows == fresh.rows && listing.row(id) == rows[place], "seed \(seed)")
            for sort in Self.sorts {
                for filter in Self.filters {
                    let query = try Self.query(sort, filter)
                    #expect(listing.all(query) == fresh.all(query), "seed \(seed) sort \(sort) filter \(filter)")
                }
            }
        }
        #expect(listing.replacing(.numbered(1)) == nil)
    }
}
