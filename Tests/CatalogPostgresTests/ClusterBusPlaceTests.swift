#if PostgreSQL
    import Testing

    @testable import CatalogPostgres

    @Suite("How far a bus was read")
    struct BusPlaceTests {
        private let start = ContinuousClock.now

        private func after(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

        private func place(behind number: Int64, since: Int64 = 1, seen: Set<Int64> = []) -> BusPlace {
            BusPlace(behind: number, since: since, seen: seen, lateSeconds: 10, at: start)
        }

        private func take(_ seen: [Int64], _ now: ContinuousClock.Instant, _ place: inout BusPlace) -> Bool {
            place.take(seen, at: now)
        }

        @Test("begins behind the last number, and awaits those shortly before it that were not seen")
        func begins() {
            #expect(place(behind: 0).awaited == [])
            #expect(place(behind: 5, since: 3, seen: [4]).awaited == [3, 5])
        }

        @Test("awaits numbers that were passed over until they are seen, or for long enough")
        func awaits() {
            var place = place(behind: 0)
            #expect(take([1, 2, 5, 8], after(1), &place))
            #expect(place.number == 8)
            #expect(place.awaited == [3, 4, 6, 7])
            #expect(take([4, 7, 10], after(5), &place))
            #expect(place.awaited == [3, 6, 9])
            place.giveUp(at: after(11))
            #expect(place.awaited == [9])
            place.giveUp(at: after(15))
            #expect(place.awaited == [])
            #expect(place.number == 10)
        }

        @Test("awaits a bounded number, and says so where it gives up more")
        func isBounded() {
            var place = place(behind: 0)
            let far = Int64(BusPlace.missingMax) + 1
            #expect(take([far], start, &place))
            #expect(place.awaited.count == BusPlace.missingMax)
            #expect(!take([far + 3], start, &place))
            #expect(place.awaited.count == BusPlace.missingMax)
            #expect(place.awaited.last == far + 2)
            #expect(!take([Int64.max / 2], start, &place))
            #expect(place.awaited.count == BusPlace.missingMax)
        }
    }
#endif
