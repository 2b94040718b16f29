import Inventory
import Testing

@testable import Classification
import RuleText

@Suite("Patterns and texts") struct PatternTests {
    @Test("a hostile pattern on a long text is quick")
    func hostilePattern() throws {
        let file = """
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {alias: [
                  '(a+)+$', '(a|aa)+$', '(.*.*.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$']}}
            """
        let rules = try RuleSet.compile([(file, "rules")])
        let text = String(repeating: "a", count: 200_000) + "!"
        let input = ClassificationInput(name: "x", descr: "x", alias: text, ifType: 6)
        let spent = ContinuousClock().measure { for _ in 0..<50 { _ = rules.classify(input) } }
        #expect(spent < .seconds(2))
    }

    @Test("a set that would be too large is refused and never matched")
    func tooLarge() {
        let items = (0..<3).map { "'[a-z]{300}\($0)[\\pL]{200}'" }.joined(separator: ", ")
        let file = "rules:\n  - {id: a, type: isp, confidence: 0.9, match: {alias: [\(items)]}}\n"
        let codes = RuleFileTests.problems(file).map { $0.contains("use smaller repetition counts") }
        #expect(codes.contains(true))
    }

    static let words: [(word: String, text: String, isFound: Bool)] = [
        ("camera*", "IPCAM", false), ("camera*", "Cameras", true), ("cam", "cam3", true), ("cam", "camp", false),
        ("ip phone", "IP-Phone", true), ("ip phone", "ipphone", true), ("br#", "BR-42", true), ("br#", "br", false),
        ("br#", "abr4", false), ("კამერ*", "kamera ezo", true), ("კამერ*", "კამერა", true),
        ("ხელი", "xeli", true), ("ხელი", "kheli", true), ("წყალი", "wyali", true), ("წყალი", "tsqali", true),
        ("камер*", "kamery", true), ("видеонабл*", "ВИДЕОНАБЛЮДЕНИЕ", true), ("магти*", "Магтиком", true),
    ]

    @Test("a word is found in every script and habit, and only as a word", arguments: words)
    func wordsAreFound(word: String, text: String, isFound: Bool) throws {
        let pattern = try Pattern(WordPattern.start + WordPattern.pattern(of: word) + WordPattern.end)
        let forms = InterfaceText(text, partsWords: true).forms
        #expect(forms.contains { pattern.find(in: $0) != nil } == isFound)
    }

    static let readings: [(raw: String, has: String)] = [
        ("S I L K N E T   fiber", "SILKNET   fiber"), ("MagtiUplink", "Magti Uplink"), ("  x \u{0}\u{7} ", "x"),
        ("ბილაინი", "bilaini"), ("Кавказ", "kavkaz"), ("a\u{fffd}b", "a b"), ("café", "cafe"),
    ]

    @Test("a text is read clean, in Latin, joined and parted", arguments: readings)
    func textsAreRead(raw: String, has: String) {
        #expect(InterfaceText(raw, partsWords: true).forms.contains(has))
    }

    static let misspelled: [(String, String, Int, Bool)] = [
        ("slikent", "silknet", 2, true), ("sliknet", "silknet", 1, true), ("magty", "magti", 1, true),
        ("magic", "magti", 1, false), ("silent", "silknet", 1, false), ("", "a", 1, true), ("abc", "", 2, false),
    ]

    @Test("misspelling is counted in keys struck wrong", arguments: misspelled)
    func editDistance(left: String, right: String, limit: Int, isWithin: Bool) {
        #expect(EditDistance.isWithin(limit, Array(left.utf8)[...], Array(right.utf8)) == isWithin)
    }

    @Test("comparing letters first never loses a word that a few wrong keys were struck in")
    func lettersLoseNothing() {
        let seed: UInt64 = 26
        var random = SplitMix(state: seed)
        var compared = 0
        for _ in 0..<2_000 {
            let word = (0..<Int.random(in: 5...12, using: &random)).map { _ in
                UInt8.random(in: 0x61...0x7a, using: &random)
            }
            var struck = word
            let keys = Int.random(in: 0...2, using: &random)
            for _ in 0..<keys {
                let place = Int.random(in: 0..<struck.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: struck[place] = UInt8.random(in: 0x61...0x7a, using: &random)
                case 1: struck.remove(at: place)
                case 2: struck.insert(UInt8.random(in: 0x61...0x7a, using: &random), at: place)
                default: struck.swapAt(place, max(0, place - 1))
                }
            }
            guard EditDistance.isWithin(keys, struck[...], word) else { continue }
            compared += 1
            #expect(LetterSet(struck[...]).mayBeWithin(keys, of: LetterSet(word[...])), "seed \(seed) \(struck)")
        }
        #expect(compared > 1_900)
    }

    @Test("a word that begins with a digit is not found inside a number", arguments: ["24G", "x14G", "4Gx"])
    func digitWords(text: String) throws {
        let file = """
            vocabulary: {mobile: [4g, lte]}
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {alias: '@[mobile]'}}
            """
        let rules = try RuleSet.compile([(file, "rules")])
        #expect(rules.classify(ClassificationInput(name: "x", alias: text)).type == .access)
        #expect(rules.classify(ClassificationInput(name: "x", alias: "sim 4G-backup")).type == .isp)
        #expect(rules.classify(ClassificationInput(name: "x", alias: "lte_4G")).type == .isp)
    }

    @Test("calibrated confidence keeps the order of the weighed")
    func calibrationKeepsOrder() {
        let told = (0...100).map { Decider.calibrated(Double($0) / 100) }
        #expect(told == told.sorted())
        #expect(told.allSatisfy { (0...1).contains($0) })
    }

    @Test("a broken or mutated rule file is refused or accepted, never a crash")
    func mutatedFiles() {
        let file = """
            vocabulary: {cam: [camera*, 'ip cam#', "@other"], other: [კამერა]}
            providers:
              - {id: acme, name: Acme, words: [acme*, 'a c'], hosts: ['acme\\.com'], over: [zeta]}
              - {id: zeta, words: [zeta]}
            read_as:
              - {id: r, pattern: '@<server@-room@>', as: ' room '}
            rules:
              - {id: a, type: camera, confidence: 0.9, match: {text: '@[cam]', if_type: [6, lag]}, unless: {alias: x}}
              - {id: b, type: isp, confidence: 0.8, provider: acme, match: {provider: text, speed: {min_mbps: 10}}}
            """
        let bytes = Array(file.utf8)
        for length in 0..<bytes.count {
            _ = RuleFileTests.problems(String(decoding: bytes[..<length], as: UTF8.self))
        }
        let seed: UInt64 = 20_240_117
        var random = SplitMix(state: seed)
        for _ in 0..<400 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                mutated[place] = UInt8.random(in: 0...255, using: &random)
            }
            _ = RuleFileTests.problems(String(decoding: mutated, as: UTF8.self))
        }
    }

    @Test("deep nesting is refused before it is parsed", arguments: ["[", "{a: ", "- ", "? "])
    func deepNesting(opening: String) {
        let said = RuleFileTests.problems(String(repeating: opening, count: 50_000))
        #expect(said.contains { $0.contains("nested too deeply") }, "\(said)")
    }

    @Test("any bytes in any text get a type")
    func anyText() throws {
        let rules = try RuleSet.load(user: nil)
        var random = SplitMix(state: 7)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let heard = NeighbourFacts(protocolName: "lldp", capabilities: [.bridge], platform: text, name: text)
            let answer = rules.classify(
                ClassificationInput(name: text, descr: text, alias: text, ifType: 6, neighbour: heard))
            #expect(answer.confidence > 0)
        }
    }
}

/// A seeded source of numbers.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
