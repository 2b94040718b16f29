/// Georgian and Cyrillic letters as the Latin letters people type for them.
///
/// The first spelling is the one a text is read as; a word of the vocabulary accepts all of them, so that a word
/// written once in its own script is found in every habit of writing it in Latin (`xelis`, `khelis`).
/// Source: the Georgian national system of 2002 and common keyboard habits; ISO 9 and passport habits for Russian.
enum Transliteration {
    /// Spellings of one letter; `nil` where the letter is not one of ours.
    static func spellings(of scalar: Unicode.Scalar) -> [String]? {
        table[scalar]
    }

    /// The spelling a text is read in; `nil` where the letter is not one of ours.
    static func reading(of scalar: Unicode.Scalar) -> String? {
        table[scalar]?.first
    }

    private static let table: [Unicode.Scalar: [String]] = {
        var table: [Unicode.Scalar: [String]] = [:]
        for line in georgian + russian {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let letter = parts.first?.unicodeScalars.first else { continue }
            let spellings = parts.count > 1 ? parts[1].split(separator: " ").map(String.init) : [""]
            table[letter] = spellings
            for upper in String(letter).uppercased().unicodeScalars { table[upper] = spellings }
        }
        for (letters, plain) in accents {
            for letter in letters.unicodeScalars { table[letter] = [plain] }
        }
        return table
    }()

    private static let georgian = [
        "ა a", "ბ b", "გ g", "დ d", "ე e", "ვ v w", "ზ z", "თ t th", "ი i", "კ k c", "ლ l", "მ m", "ნ n", "ო o",
        "პ p", "ჟ zh j", "რ r", "ს s", "ტ t", "უ u", "ფ f p ph", "ქ k q", "ღ gh g", "ყ q y k", "შ sh s", "ჩ ch",
        "ც c ts", "ძ dz z", "წ ts w c", "ჭ ch w", "ხ kh x h", "ჯ j dj", "ჰ h",
    ]

    private static let russian = [
        "а a", "б b", "в v w", "г g", "ґ g", "д d", "е e ye", "є e ye", "ё e yo io", "ж zh j", "з z", "и i", "і i",
        "ї i yi", "й y i j", "к k c", "л l", "м m", "н n", "о o", "п p", "р r", "с s", "т t", "у u", "ф f ph",
        "х kh h x", "ц ts c", "ч ch", "ш sh", "щ shch sch sh", "ъ", "ы y i", "ь", "э e", "ю yu u iu ju",
        "я ya ia ja a",
    ]

    private static let accents = [
        "àáâãäåÀÁÂÃÄÅ": "a", "çčćÇČĆ": "c", "èéêëÈÉÊË": "e", "ìíîïÌÍÎÏıİ": "i", "ñÑ": "n", "òóôõöøÒÓÔÕÖØő": "o",
        "ùúûüÙÚÛÜű": "u", "ýÿÝ": "y", "šşŠŞ": "s", "žŽ": "z", "ğĞ": "g",
    ]
}
