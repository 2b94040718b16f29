/// The distinct texts of a column, folded to lower case, in one buffer that is searched at once.
struct SearchText: Sendable {
    private let bytes: [UInt8]
    /// Where each text begins; one more than there are texts.
    private let starts: [Int]

    init(_ cells: [Cell]) {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        for cell in cells {
            starts.append(bytes.count)
            switch cell {
            case .text(let text): bytes.append(contentsOf: Self.folded(text))
            case .list(let texts): bytes.append(contentsOf: Self.folded(texts.joined(separator: "\n")))
            default: break
            }
            bytes.append(0)
        }
        starts.append(bytes.count)
        self.bytes = bytes
        self.starts = starts
    }

    /// By text: whether it holds `needle`, case ignored; a text holds the empty one.
    func holding(_ needle: String) -> [Bool] {
        let wanted = Self.folded(needle)
        guard let first = wanted.first else { return [Bool](repeating: true, count: starts.count - 1) }
        var found = [Bool](repeating: false, count: starts.count - 1)
        var text = 0
        bytes.withUnsafeBufferPointer { bytes in
            wanted.withUnsafeBufferPointer { wanted in
                let last = bytes.count - wanted.count
                var position = 0
                while position <= last {
                    guard bytes[position] == first, Self.matches(bytes, at: position, wanted) else {
                        position += 1
                        continue
                    }
                    while starts[text + 1] <= position { text += 1 }
                    found[text] = true
                    position = starts[text + 1]
                }
            }
        }
        return found
    }

    private static func matches(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ wanted: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        for offset in 1..<max(1, wanted.count) where bytes[start + offset] != wanted[offset] { return false }
        return true
    }

    private static func folded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if bytes.allSatisfy({ $0 < 128 }) { return bytes.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 } }
        return Array(text.lowercased().utf8)
    }
}
