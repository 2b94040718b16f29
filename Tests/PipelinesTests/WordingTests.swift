import Testing

@testable import Pipelines

struct WordingTests {
    @Test("Numbers read as in the contract's log lines")
    func numbers() {
        #expect(
            [0, 7, 999, 1000, 3247, 1_234_567, -1000].map { Wording.count($0) }
                == ["0", "7", "999", "1,000", "3,247", "1,234,567", "-1,000"])
        #expect([1, 2, 876].map { Wording.count($0, "device") } == ["1 device", "2 devices", "876 devices"])
        #expect([1, 254].map { Wording.count($0, "address") } == ["1 address", "254 addresses"])
        #expect(
            [0, 0.004, 0.0996, 0.1, 0.4, 2.1, 2.06, 61.96, 1234.5, -1].map(Wording.seconds) == [
                "0.000 seconds", "0.004 seconds", "0.100 seconds", "0.1 seconds", "0.4 seconds", "2.1 seconds",
                "2.1 seconds", "62.0 seconds", "1,234.5 seconds", "0.000 seconds",
            ])
        #expect(Wording.names(["a", "b"]) == "a, b")
        #expect(Wording.names(["a", "b", "c", "d", "e", "f", "g"]) == "a, b, c, d, e and 2 more")
    }
}
