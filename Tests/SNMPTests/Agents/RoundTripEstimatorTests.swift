import Testing

@testable import SNMP

@Suite("Round trips of an agent")
struct RoundTripEstimatorTests {
    @Test("the first sample and the next follow RFC 6298 section 2")
    func samples() {
        var estimator = RoundTripEstimator()
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 1500)
        estimator.sampled(microseconds: 80_000)
        #expect(estimator.smoothedMicroseconds == 80_000)
        #expect(estimator.variationMicroseconds == 40_000)
        estimator.sampled(microseconds: 160_000)
        #expect(estimator.variationMicroseconds == 30_000 + 20_000)
        #expect(estimator.smoothedMicroseconds == 70_000 + 20_000)
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 90 + 200 + 1)
    }

    @Test("the timeout stays between the floor and the cap", arguments: [(UInt64(50), UInt32(200)), (5_000_000, 1500)])
    func bounds(sample: UInt64, timeout: UInt32) {
        var estimator = RoundTripEstimator()
        estimator.sampled(microseconds: sample)
        #expect(estimator.timeoutMilliseconds(cap: 1500) == timeout)
        #expect(estimator.timeoutMilliseconds(cap: 60) == 60)
    }

    @Test("each loss doubles the timeout until a sample comes")
    func backOff() {
        var estimator = RoundTripEstimator()
        estimator.sampled(microseconds: 1000)
        estimator.expired()
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 400)
        estimator.expired()
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 800)
        for _ in 0..<100 { estimator.expired() }
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 1500)
        estimator.sampled(microseconds: 1000)
        #expect(estimator.timeoutMilliseconds(cap: 1500) == 200)
    }

    @Test(
        "round trips are counted by their binary logarithm",
        arguments: [
            (UInt64(0), 0), (1, 0), (2, 1), (1023, 9),
            (1024, 10), (.max, 31),
        ])
    func histogram(microseconds: UInt64, bucket: Int) {
        var histogram = RoundTripHistogram()
        histogram.count(microseconds: microseconds)
        #expect(histogram.firstIndex(of: 1) == bucket)
        #expect(histogram.reduce(0, +) == 1)
    }
}
