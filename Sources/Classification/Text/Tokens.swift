/// Words of a text: runs of ASCII letters in small letters; at most 16, which no alias needs.
struct Tokens {
    /// The letters of all words without what stands between.
    private(set) var letters: [UInt8] = []
    /// Where each word lies in `letters`.
    private(set) var words: [Range<Int>] = []

    /// The words of a text.
    init(_ text: String) {
        letters.reserveCapacity(text.utf8.count)
        var start = 0
        for byte in text.utf8 where words.count < 16 {
            if InterfaceText.isLetter(byte) {
                letters.append(byte | 0x20)
            } else if start < letters.count {
                words.append(start..<letters.count)
                start = letters.count
            }
        }
        if start < letters.count, words.count < 16 { words.append(start..<letters.count) }
    }
}
