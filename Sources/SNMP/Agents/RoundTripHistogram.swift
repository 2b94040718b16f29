/// How many requests were answered after how long.
///
/// Bucket k counts round trips of 2^k microseconds up to 2^(k+1); the first also shorter, the last also longer ones. Only
/// requests that were sent once are counted.
public struct RoundTripHistogram: Hashable, Sendable, RandomAccessCollection {
    private var counts = SIMD32<UInt64>()

    init() {}

    /// The first bucket: round trips under 2 microseconds.
    public var startIndex: Int { 0 }
    /// The number of buckets, 32.
    public var endIndex: Int { 32 }
    /// The round trips in a bucket.
    public subscript(bucket: Int) -> UInt64 { counts[bucket] }

    /// The end of a bucket, in microseconds: round trips in it were shorter.
    public static func upperBoundMicroseconds(of bucket: Int) -> UInt64 { 1 << UInt64(bucket + 1) }

    @inline(__always)
    mutating func count(microseconds: UInt64) {
        counts[Swift.min(63 - (microseconds | 1).leadingZeroBitCount, 31)] &+= 1
    }

    static func + (left: RoundTripHistogram, right: RoundTripHistogram) -> RoundTripHistogram {
        var sum = left
        sum.counts &+= right.counts
        return sum
    }
}
