/// The order in which people read names: `Gi1/0/2` before `Gi1/0/10`, `core` beside `Core`, 10.0.0.2 before 10.0.0.10.
///
/// Runs of digits compare as numbers, ASCII letters without case; texts equal so far compare by their octets, so that
/// the order is total.
public enum NaturalOrder {
    /// Whether the left text comes before the right one.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        var left = left
        var right = right
        return left.withUTF8 { leftBytes in
            right.withUTF8 { rightBytes in
                let order = compare(leftBytes, rightBytes)
                return order == 0 ? leftBytes.lexicographicallyPrecedes(rightBytes) : order < 0
            }
        }
    }

    /// Negative, zero or positive as `left` comes before, with or after `right`, numbers and case folded.
    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if isDigit(left[i]), isDigit(right[j]) {
                let (leftEnd, rightEnd) = (endOfDigits(left, from: i), endOfDigits(right, from: j))
                let order = compareNumbers(left[i..<leftEnd], right[j..<rightEnd])
                if order != 0 { return order }
                (i, j) = (leftEnd, rightEnd)
            } else {
                let (a, b) = (folded(left[i]), folded(right[j]))
                if a != b { return Int(a) - Int(b) }
                i += 1
                j += 1
            }
        }
        return (left.count - i) - (right.count - j)
    }

    private static func compareNumbers(
        _ left: Slice<UnsafeBufferPointer<UInt8>>, _ right: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Int {
        let left = left.drop { $0 == 48 }
        let right = right.drop { $0 == 48 }
        if left.count != right.count { return left.count - right.count }
        for (a, b) in zip(left, right) where a != b { return Int(a) - Int(b) }
        return 0
    }

    private static func endOfDigits(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        return end
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    private static func folded(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
}
