import Inventory

/// The RFC 3339 form of a moment, written without making a string.
enum TimeText {
    static func append(_ moment: Timestamp, to bytes: inout [UInt8]) {
        let civil = CivilTime(secondsSince1970: moment.seconds)
        guard (0...9999).contains(civil.year) else {
            bytes.append(contentsOf: moment.description.utf8)
            return
        }
        append(civil.year, width: 4, to: &bytes)
        for (mark, number) in [(45, civil.month), (45, civil.day), (84, civil.hour)] {
            bytes.append(UInt8(mark))
            append(number, width: 2, to: &bytes)
        }
        for number in [civil.minute, civil.second] {
            bytes.append(58)
            append(number, width: 2, to: &bytes)
        }
        bytes.append(46)
        append(moment.milliseconds - moment.seconds * 1000, width: 3, to: &bytes)
        bytes.append(90)
    }

    private static func append(_ number: Int64, width: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = width == 4 ? 1000 : width == 3 ? 100 : 10
        while divisor > 0 {
            bytes.append(48 + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
