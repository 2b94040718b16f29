import Inventory
import Series
import Testing

@testable import Pipelines

/// What one process tells another of its polls arrives as it was, or not at all.
struct CollectionNewsTests {
    private static func news(readings count: Int, seed: UInt64) -> CollectionNews {
        var generator = SplitMix(seed)
        var news = CollectionNews()
        let start = Timestamp(seconds: 1_795_354_200)
        for number in 0..<count {
            var reading = CounterReading(at: start.advanced(bySeconds: Double(number) / 7), intervalSeconds: 60)
            for kind in CounterKind.allCases where Bool.random(using: &generator) {
                reading[kind] = UInt64.random(in: 0...(.max), using: &generator)
            }
            reading.ifSpeed = Bool.random(using: &generator) ? 10_000_000_000 : nil
            reading.sysUpTime = UInt32.random(in: 0...(.max), using: &generator)
            reading.operStatus = UInt8.random(in: 0...7, using: &generator)
            news.readings.append(SeriesReading(.random(using: &generator), reading))
        }
        let device = DeviceID.random(using: &generator)
        news.changes = [
            .interface(
                InterfaceStatusChange(
                    deviceID: device, interfaceID: .random(using: &generator), adminBefore: 1, admin: 1, operBefore: 1,
                    oper: 2, at: start)), .device(DeviceStatusChange(deviceID: device, status: .down, at: start)),
        ]
        news.contacts = [
            DeviceContact(of: device, askedAt: start, endedAt: start.advanced(bySeconds: 1.5), failures: 2)
        ]
        return news
    }

    @Test(arguments: [0, 1, 511, 512, 513, 8_192, 20_000])
    func arrivesAsItWas(count: Int) throws {
        let news = Self.news(readings: count, seed: 17)
        let pieces = try news.pieces()
        #expect(pieces.allSatisfy { $0.count < 1 << 20 })
        var joined = CollectionNews()
        for piece in pieces {
            let part = try CollectionNews(piece)
            joined.readings += part.readings
            joined.changes += part.changes
            joined.contacts += part.contacts
        }
        #expect(joined == news)
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func whatIsCutOrChangedIsRefusedOrReadButStopsNothing(seed: UInt64) throws {
        let whole = try #require(try Self.news(readings: 600, seed: seed).pieces().first)
        for length in stride(from: 0, to: whole.count, by: 37) {
            #expect(throws: (any Error).self, "seed \(seed), \(length) octets") {
                try CollectionNews(Array(whole.prefix(length)))
            }
        }
        var generator = SplitMix(seed)
        for _ in 0..<2_000 {
            var changed = whole
            changed[Int.random(in: 0..<whole.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            _ = try? CollectionNews(changed)
        }
    }
}

/// The same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
