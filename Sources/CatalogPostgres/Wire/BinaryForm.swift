#if PostgreSQL
    import CatalogRows
    import FoundationEssentials
    import Inventory

    /// The server's binary form of values: whole numbers with the highest octet first, times in microseconds since 2000.
    enum BinaryForm {
        /// Milliseconds from 1970 to 2000.
        private static let epoch: Int64 = 946_684_800_000

        static func append<Number: FixedWidthInteger>(_ number: Number, to octets: inout [UInt8]) {
            withUnsafeBytes(of: number.bigEndian) { octets.append(contentsOf: $0) }
        }

        static func put(_ number: Int32, at place: Int, in octets: inout [UInt8]) {
            withUnsafeBytes(of: number.bigEndian) { word in
                for (offset, octet) in word.enumerated() { octets[place + offset] = octet }
            }
        }

        static func number<Number: FixedWidthInteger>(_ octets: UnsafeRawBufferPointer) -> Number {
            Number(bigEndian: octets.loadUnaligned(as: Number.self))
        }

        static func integer(_ value: Int64, to octets: inout [UInt8]) {
            append(value, to: &octets)
        }

        static func real(_ value: Double, to octets: inout [UInt8]) {
            append(value.bitPattern, to: &octets)
        }

        static func id(_ value: UUID, to octets: inout [UInt8]) {
            withUnsafeBytes(of: value.uuid) { octets.append(contentsOf: $0) }
        }

        /// A time beyond the years 0 to 9999 becomes one that the server can hold and the schema refuses.
        static func time(_ value: Timestamp, to octets: inout [UInt8]) {
            guard value == value.clamped else {
                let year: Int64 = 365 * 86_400 * 1_000_000
                return append(value < value.clamped ? -5_000 * year : 20_000 * year, to: &octets)
            }
            append((value.milliseconds - epoch) * 1000, to: &octets)
        }

        static func time(_ octets: UnsafeRawBufferPointer) -> Timestamp? {
            let micros: Int64 = number(octets)
            // The largest and the smallest number stand for infinity.
            guard micros != .max, micros != .min else { return nil }
            return Timestamp(milliseconds: (micros >= 0 ? micros / 1000 : (micros - 999) / 1000) + epoch)
        }

        // MARK: texts

        /// U+FDD0, which is no character: behind it `0` stands for U+0000, which the server keeps in no text, and `1`
        /// for itself.
        private static let mark: [UInt8] = [0xEF, 0xB7, 0x90]

        static func text(_ value: String, to octets: inout [UInt8]) {
            var value = value
            value.withUTF8 { text in
                let isPlain = !text.contains { $0 == 0 || $0 == 0xEF }
                if isPlain { octets.append(contentsOf: text) } else { escape(text, to: &octets) }
            }
        }

        private static func escape(_ text: UnsafeBufferPointer<UInt8>, to octets: inout [UInt8]) {
            var place = 0
            while place < text.count {
                if text[place] == 0 {
                    octets += mark + [UInt8(ascii: "0")]
                    place += 1
                } else if text[place...].starts(with: mark) {
                    octets += mark + [UInt8(ascii: "1")]
                    place += mark.count
                } else {
                    octets.append(text[place])
                    place += 1
                }
            }
        }

        /// The octets of a text as it was before it was escaped; nil where nothing was.
        static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
            guard text.contains(0xEF) else { return nil }
            var (octets, place, found): ([UInt8], Int, Bool) = ([], 0, false)
            while place < text.count {
                guard place + mark.count < text.count, text[place...].starts(with: mark) else {
                    octets.append(text[place])
                    place += 1
                    continue
                }
                found = true
                if text[place + mark.count] == UInt8(ascii: "0") { octets.append(0) } else { octets += mark }
                place += mark.count + 1
            }
            return found ? octets : nil
        }
    }
#endif
