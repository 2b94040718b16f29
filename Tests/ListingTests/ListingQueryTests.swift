import Listing
import Testing

@Suite struct ListingQueryTests {
    private let listing = Listing(
        [
            .numbered(1, "Gi1/0/10", size: 1000, tags: ["core", "lab"]),
            .numbered(2, "Gi1/0/2", size: 100, kind: "small", isOn: true),
            .numbered(3, nil, size: nil, tags: ["lab"]),
            .numbered(4, "ae0", size: 1000, isOn: true),
            .numbered(5, "მაგთი Uplink", size: -5, kind: "small"),
        ], schema: Sample.schema)

    @Test(
        arguments: [
            ("sort=name", ["ae0", "Gi1/0/2", "Gi1/0/10", "მაგთი Uplink", nil]),
            ("sort=-name", ["მაგთი Uplink", "Gi1/0/10", "Gi1/0/2", "ae0", nil]),
            ("sort=-size,name", ["ae0", "Gi1/0/10", "Gi1/0/2", "მაგთი Uplink", nil]),
            ("sort=-size", ["Gi1/0/10", "ae0", "Gi1/0/2", "მაგთი Uplink", nil]),
            ("sort=size&size__gte=100", ["Gi1/0/2", "Gi1/0/10", "ae0"]),
            ("size__gt=100", ["Gi1/0/10", "ae0"]),
            ("size__lt=100", ["მაგთი Uplink"]),
            ("size__lte=100", ["Gi1/0/2", "მაგთი Uplink"]),
            ("size=100,-5", ["Gi1/0/2", "მაგთი Uplink"]),
            ("size__ne=1000", ["Gi1/0/2", nil, "მაგთი Uplink"]),
            ("size__isnull=true", [nil]),
            ("name__isnull=false&is_on=false", ["Gi1/0/10", "მაგთი Uplink"]),
            ("name__contains=gi1", ["Gi1/0/10", "Gi1/0/2"]),
            ("name__contains=MAGTI,AE", ["ae0"]),
            ("kind=small&is_on=true", ["Gi1/0/2"]),
            ("tags=lab", ["Gi1/0/10", nil]),
            ("tags__ne=lab", ["Gi1/0/2", "ae0", "მაგთი Uplink"]),
            ("tags=core,none", ["Gi1/0/10"]),
            ("q=UPLINK", ["მაგთი Uplink"]),
            ("q=მაგთი", ["მაგთი Uplink"]),
            ("q=gi lab", ["Gi1/0/10"]),
            ("q=", ["Gi1/0/10", "Gi1/0/2", nil, "ae0", "მაგთი Uplink"]),
            ("q=nowhere", []),
            ("limit=2", ["Gi1/0/10", "Gi1/0/2"]),
            ("name=ae0\\,x,ae0", ["ae0"]),
            ("id=00000000-0000-0000-0000-000000000004", ["ae0"]),
        ] as [(String, [String?])])
    func answers(_ query: String, _ expected: [String?]) throws {
        #expect(try names(listing, query) == expected)
    }

    @Test(arguments: [
        ("limit=0", "limit", "1 to 1000"), ("limit=1001", "limit", "1 to 1000"), ("limit=x", "limit", "1 to 1000"),
        ("siz=1", "siz", "did you mean 'size'?"), ("secret=x", "secret", "no such parameter"),
        ("sort=nam", "sort", "did you mean 'name'?"), ("sort=", "sort", "no column"),
        ("sort=tags", "sort", "no column"),
        ("size=ten", "size", "a whole number"), ("size=99999999999999999999", "size", "a whole number"),
        ("is_on=yes", "is_on", "true or false"), ("kind=huge", "kind", "one of big, small"),
        ("id=5", "id", "a UUID"), ("size__isnull=1", "size__isnull", "true or false"),
        ("cursor=AAAA", "cursor", "this is no cursor"), ("cursor=", "cursor", "this is no cursor"),
    ])
    func refuses(_ query: String, _ parameter: String, _ part: String) throws {
        do {
            _ = try names(listing, query)
            Issue.record("\(query) was answered")
        } catch let error as ListError {
            #expect(error.problems.map(\.parameter) == [parameter])
            #expect(error.description.contains(part), "\(error)")
        }
    }

    @Test func allErrorsOfAQueryAreReportedAtOnce() {
        let error = #expect(throws: ListError.self) { try names(listing, "limit=0&siz=1&size=ten&is_on=true") }
        #expect(error?.problems.map(\.parameter) == ["limit", "siz", "size"])
    }

    @Test func aCursorOfAnotherOrderIsRefusedWithBothOrders() throws {
        let first = try listing.page(ListQuery(limit: 1, sort: [SortTerm("size")]))
        let query = ListQuery(limit: 1, cursor: first.nextCursor, sort: [SortTerm("name")])
        let error = #expect(throws: ListError.self) { try listing.page(query) }
        #expect(error?.description.contains("'samples:size'") == true)
        #expect(error?.description.contains("'samples:name'") == true)
    }

    @Test func aCursorOfAnotherTableIsRefused() throws {
        let other = ListSchema<Sample>("others", columns: Sample.schema.columns, id: { $0.id })
        let cursor = try listing.page(ListQuery(limit: 1)).nextCursor
        #expect(throws: ListError.self) {
            try Listing(listing.rows, schema: other).page(ListQuery(limit: 1, cursor: cursor))
        }
    }

    @Test func everyChangedByteOfACursorIsNoticed() throws {
        let cursor = try #require(try listing.page(ListQuery(limit: 1, sort: [SortTerm("name")])).nextCursor)
        for index in cursor.indices {
            var broken = cursor
            broken.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
            #expect(throws: ListError.self, "\(broken)") {
                try listing.page(ListQuery(limit: 1, cursor: broken, sort: [SortTerm("name")]))
            }
        }
    }

    @Test func rowsOfOneIdentityAreListedOnce() throws {
        let twice = Listing([Sample.numbered(1, "a"), .numbered(2, "b"), .numbered(1, "c")], schema: Sample.schema)
        #expect(twice.rows.map(\.id.low) == [1, 2])
        #expect(twice.row(RowID(high: 0, low: 2))?.name == "b")
        #expect(twice.row(RowID(high: 0, low: 9)) == nil)
    }
}
