/// Quoted-printable (RFC 2045 6.7): any UTF-8 text in lines of at most 76 ASCII characters.
enum QuotedPrintable {
    private static let lineMax = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Lines ended by LF become lines ended by CRLF; the text ends with one.
    static func encoded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count * 2)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            write(Array(line.utf8), into: &result)
            result += [13, 10]
        }
        return result
    }

    private static func write(_ line: [UInt8], into result: inout [UInt8]) {
        var length = 0
        for (index, octet) in line.enumerated() {
            let isLast = index == line.count - 1
            // A leading full stop is stuffed on the way and a leading "From " changed by some: neither is left plain.
            let isDelicate = length == 0 && (octet == 0x2E || octet == 0x46)
            let isBlank = octet == 0x20 || octet == 9
            let isPlain =
                (octet > 0x20 && octet < 0x7F && octet != 0x3D && !isDelicate) || (isBlank && !isLast)
            let width = isPlain ? 1 : 3
            if length + width > lineMax - (isLast ? 0 : 1) {
                result += [0x3D, 13, 10]
                length = 0
            }
            if isPlain {
                result.append(octet)
            } else {
                result += [0x3D, digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            }
            length += width
        }
    }
}
