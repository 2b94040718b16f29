import Inventory
import Series
import Testing

@testable import SeriesVictoria

@Suite struct ScanShardTests {
    private func query(_ selection: SeriesQuery.Selection, days: Int64 = 1) -> SeriesQuery {
        SeriesQuery(
            selection, from: Timestamp(seconds: 1_772_006_400), to: Timestamp(seconds: 1_772_006_400 + days * 86400))
    }

    @Test(arguments: [0, 900, 40_000, 400_000])
    func everyInterfaceBelongsToExactlyOneShardOfAll(_ known: Int) {
        let shards = ScanShard.plan(query(.all), known: known)
        for number in 0..<50 {
            let own = shards.filter { $0.contains(Bench.id(number)) }
            #expect(own.count == 1)
            guard case .prefix(let prefix)? = own.first else { continue }
            #expect(Bench.id(number).description.hasPrefix(prefix))
        }
        #expect(shards.count * 1000 >= known)
    }

    @Test func longerRangesAndRefusalsMakeSmallerShards() {
        let ids = (0..<250).map { Bench.id($0) }
        #expect(ScanShard.plan(query(.ids(ids + ids)), known: 9).count == 3)
        #expect(ScanShard.plan(query(.ids(ids), days: 35), known: 9).count > 3)
        let shard = ScanShard.prefix("0")
        #expect(shard.parts?.count == 16)
        #expect(ScanShard.ids([Bench.id(1)]).parts == nil)
        #expect(ScanShard.plan(query(.ids([])), known: 9).isEmpty)
    }
}
