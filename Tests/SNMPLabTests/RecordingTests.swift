import Testing

@testable import SNMPLab

@Suite struct RecordingTests {
    /// Value of a one-line recording: tag and content; nil where the line is left out.
    private func served(_ line: String) -> MIBImage.Row? {
        let image = Recording(Array(line.utf8)).image
        return image.count == 1 ? image.row(at: 0) : nil
    }

    @Test(
        arguments: [
            ("1.3.1|2|-5", 2, [0xFB]),
            ("1.3.1|4|plain text", 4, Array("plain text".utf8)),
            ("1.3.1|4|with | bars", 4, Array("with | bars".utf8)),
            ("1.3.1|4|", 4, []),
            ("1.3.1|4x|00a1Ff", 4, [0, 0xA1, 0xFF]),
            ("1.3.1|4x|", 4, []),
            ("1.3.1|4xx|0a", 4, [0x0A]),
            (#"1.3.1|4e|a\nb\\c\x00d"#, 4, [0x61, 0x0A, 0x62, 0x5C, 0x63, 0, 0x64]),
            ("1.3.1|5|", 5, []),
            ("1.3.1|5|anything", 5, []),
            ("1.3.1|6|1.3.6.1", 6, [0x2B, 6, 1]),
            ("1.3.1|64|10.1.2.3", 64, [10, 1, 2, 3]),
            ("1.3.1|64x|0A010203", 64, [10, 1, 2, 3]),
            ("1.3.1|65|4294967295", 65, [0, 255, 255, 255, 255]),
            ("1.3.1|66|0", 66, [0]),
            ("1.3.1|67|100", 67, [100]),
            ("1.3.1|68x|9f7804", 68, [0x9F, 0x78, 4]),
            ("1.3.1|70|18446744073709551615", 70, [0, 255, 255, 255, 255, 255, 255, 255, 255]),
            (".1.3.1|2|7", 2, [7]),
        ] as [(String, UInt8, [UInt8])])
    func everyTagIsServed(line: String, tag: UInt8, content: [UInt8]) {
        #expect(served(line) == MIBImage.Row(name: "1.3.1", tag: tag, content: content))
    }

    @Test(arguments: [
        "1.3.1", "1.3.1|4", "1.3.x|4|a", "|4|a", "1.3.1|y|a", "1.3.1|4z|a", "1.3.1|4x|0g", "1.3.1|4x|abc",
        "1.3.1|2|abc", "1.3.1|65|abc", "1.3.1|6|1..2", "1.3.1|64|1.2.3", "1.3.1|64|1.2.3.400",
    ])
    func brokenLinesAreLeftOutAndReported(line: String) throws {
        let recording = Recording(Array("1.2.1|2|1\n\(line)\n1.4.1|2|2\n".utf8))
        #expect(recording.image.count == 2)
        #expect(recording.report.broken == 1)
        #expect(try #require(recording.report.remarks.first).line == 2)
    }

    @Test(
        arguments: [
            ("1.3.1|65|-1", 65, 4_294_967_295), ("1.3.1|65|4294967296", 65, 4_294_967_295),
            ("1.3.1|66|-2147483648", 66, 2_147_483_648), ("1.3.1|70|-1", 70, .max),
            ("1.3.1|70|99999999999999999999999", 70, .max), ("1.3.1|65|-99999999999", 65, 0),
        ] as [(String, UInt8, UInt64)])
    func countersOutOfRangeAreClampedAndReported(line: String, tag: UInt8, value: UInt64) throws {
        let recording = Recording(Array(line.utf8))
        #expect(recording.report.clamped == 1)
        let row = recording.image.row(at: 0)
        #expect(row.tag == tag)
        #expect(row.content.reduce(0) { $0 << 8 | UInt64($1) } == value)
    }

    @Test func integersBeyond32BitsAreClamped() {
        #expect(served("1.3.1|2|4294967295")?.content == [0x7F, 255, 255, 255])
        #expect(served("1.3.1|2|-9999999999")?.content == [0x80, 0, 0, 0])
    }

    @Test func linesMayEndInCRLFAndFilesWithoutNewline() {
        let recording = Recording(Array("1.3.1|4|a\r\n\r\n# remark\r\n1.3.2|4|b".utf8))
        #expect(recording.image.count == 2)
        #expect(recording.image.row(at: 0).content == [0x61])
        #expect(recording.report == RecordingReport(lines: 2))
    }

    @Test func unsortedFilesAreSortedAndTheFirstOfANameWins() {
        let recording = Recording(Array("1.3.10|2|1\n1.3.9|2|2\n1.3.128|2|3\n1.3.9|2|4\n1.3|2|5\n".utf8))
        let rows = (0..<recording.image.count).map { recording.image.row(at: $0) }
        #expect(rows.map(\.name) == ["1.3", "1.3.9", "1.3.10", "1.3.128"])
        #expect(rows[1].content == [2])
        #expect(recording.report.unordered == 3)
        #expect(recording.report.duplicates == 1)
    }

    @Test func anEmptyFileIsAnEmptyImage() {
        #expect(Recording([]).image.count == 0)
    }

    @Test func longValuesAndNamesKeepTheirLengths() {
        let text = String(repeating: "x", count: 1_000)
        let name = "1.3" + String(repeating: ".4294967295", count: 100)
        let image = Recording(Array("\(name)|4|\(text)".utf8)).image
        #expect(image.row(at: 0).name == name)
        #expect(image.row(at: 0).content.count == 1_000)
    }

    /// Seeded damage to a good file is never more than a report.
    @Test func damagedFilesNeverTrap() {
        let good = Array("1.3.1|4x|00ff\n1.3.2|65|77\n1.3.3|64|1.2.3.4\n1.3.4|4e|a\\x41\n1.3.5|6|1.3\n".utf8)
        var random = SeededRandom(seed: 11)
        for _ in 0..<3_000 {
            var damaged = good
            for _ in 0..<1 + random.below(4) { damaged[random.below(good.count)] = UInt8(random.below(256)) }
            let recording = Recording(Array(damaged.prefix(random.below(good.count + 1))))
            #expect(recording.image.count <= recording.report.lines)
        }
    }
}
