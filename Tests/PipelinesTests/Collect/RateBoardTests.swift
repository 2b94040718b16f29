import Inventory
@testable import Pipelines
import Series
import Testing
import Traffic

@Suite struct RateBoardTests {
    private static let start = Timestamp(seconds: 1_795_354_200)
    private let id = InterfaceID.random()

    /// 1,000 octets a second.
    private func reading(_ seconds: Double, of interface: InterfaceID? = nil) -> SeriesReading {
        var reading = CounterReading(at: Self.start.advanced(bySeconds: seconds), intervalSeconds: 300)
        reading.sysUpTime = UInt32(1_000_000 + seconds * 100)
        reading.ifSpeed = 10_000_000
        reading[.inOctets] = UInt64(1_000_000 + seconds * 1000)
        return SeriesReading(interface ?? id, reading)
    }

    @Test("A poll by hand just after another takes the rate of now not away, and the next is right")
    func tooShort() {
        let board = RateBoard()
        board.take([reading(0), reading(300), reading(305)])
        #expect(board.rates(of: id)?.inBitsPerSecond == 8000)
        #expect(board.rates(of: id)?.reading.at == Self.start.advanced(bySeconds: 305))
        board.take([reading(600)])
        #expect(board.rates(of: id)?.step?.from == Self.start.advanced(bySeconds: 305))
        #expect(board.rates(of: id)?.inBitsPerSecond == 8000)
        // Not for ever: what was long ago is not now.
        for turn in 1...160 { board.take([reading(600 + Double(turn) * 5)]) }
        #expect(board.rates(of: id)?.inBitsPerSecond == nil)
    }

    @Test("An interface that is left out leaves the board and does not come back with what was on its way")
    func keep() {
        let board = RateBoard()
        let other = InterfaceID.random()
        board.take([reading(0), reading(0, of: other)])
        board.keep([id])
        board.take([reading(300), reading(300, of: other)])
        #expect(board.all().map(\.interfaceID) == [id])
        board.keep([id, other])
        board.take([reading(600, of: other)])
        #expect(board.count == 2)
    }
}
