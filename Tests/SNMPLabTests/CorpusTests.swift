import FoundationEssentials
import Glibc
import Testing

@testable import SNMPLab

/// Recordings of real devices, where a corpus is at hand (`WARDFLUX_CORPUS`, else `../shared/corpus`).
@Suite struct CorpusTests {
    static let corpus: String? = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = environment["WARDFLUX_CORPUS"] ?? root.appending(path: "shared/corpus").path
        let isThere = FileManager.default.fileExists(atPath: path + "/devices/recordings")
        let isWanted = environment["WARDFLUX_CORPUS"] != nil || environment["CI"] != nil
        return isThere || isWanted ? path : nil
    }()

    @Test(.enabled(if: corpus != nil, "no corpus: set WARDFLUX_CORPUS"))
    func everyRowOfARecordingIsServedInOrder() throws {
        let directory = try #require(Self.corpus) + "/devices/recordings"
        let lab = try LabServer(LabConfiguration(sources: .recordings(directory: directory)))
        try lab.start()
        defer { lab.stop() }
        let client = try TestClient(port: lab.port)
        let files = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(files.count >= 60)
        for file in files where file.hasSuffix(".snmprec") {
            let community = String(file.dropLast(8))
            let text = try String(contentsOf: URL(filePath: directory).appending(path: file), encoding: .utf8)
            // Lines end at LF alone: recorded values hold other characters that Swift counts as line breaks.
            let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" })
            var served: [TestMessage.VarBind] = []
            var place = "0.0"
            while let batch = try bulk(client, place, community), let last = batch.last {
                served += batch.filter { $0.tag != 0x82 }
                if last.tag == 0x82 { break }
                place = last.name
            }
            #expect(
                served.map(\.name) == lines.compactMap { $0.split(separator: "|").first.map(String.init) }, "\(file)")
            #expect(zip(served, lines).allSatisfy { Self.agree($0, String($1)) }, "\(file)")
        }
    }

    private func bulk(_ client: TestClient, _ place: String, _ community: String) throws -> [TestMessage.VarBind]? {
        try client.ask(TestMessage.bulk([place], 100, community: community), "127.0.0.1").varBinds
    }

    /// Whether a row says what its line says, for the tags that can be read off it.
    private static func agree(_ row: TestMessage.VarBind, _ line: String) -> Bool {
        let fields = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        switch fields[1] {
        case "4": return row.tag == 4 && row.content == Array(fields[2].utf8)
        case "4x":
            let hex = row.content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return row.tag == 4 && hex == fields[2].lowercased()
        case "6": return row.tag == 6 && "." + ObjectName.text(row.content) == "." + fields[2].drop { $0 == "." }
        case "65", "66", "67", "70": return String(row.number) == fields[2] && String(row.tag) == fields[1]
        default: return String(row.tag) == fields[1].filter(\.isNumber)
        }
    }

    /// The lab as net-snmp's own tools see it.
    @Test(.enabled(if: access("/usr/bin/snmpbulkwalk", X_OK) == 0, "net-snmp's tools are not installed"))
    func netSNMPWalksADeviceFromEndToEnd() throws {
        let network = try #require(BankNetworkTests.bank)
        let lab = try LabServer(LabConfiguration(sources: .network(network)))
        try lab.start()
        defer { lab.stop() }
        let target = "127.1.0.1:\(lab.port)"
        let wanted = try TestClient(port: lab.port).walk("1.3.6.1.2.1.31.1.1.1.18", "127.1.0.1")
        for command in ["snmpbulkwalk -v2c -Cr30", "snmpwalk -v2c", "snmpwalk -v1"] {
            // Without what it says of itself: on a new machine that it made its directory.
            let lines = output("\(command) -m '' -c public -On \(target) 1.3.6.1.2.1.31.1.1.1.18 2>/dev/null")
            #expect(lines.count == wanted.count, "\(command)")
            for (line, row) in zip(lines, wanted) {
                #expect(line.hasPrefix(".\(row.name) = ") && line.contains(row.text), "\(command)")
            }
        }
        let all = output("snmpbulkwalk -v2c -m '' -c public -On \(target) 1 2>&1")
        #expect(all.count > 1_000)
        #expect(!all.contains { $0.contains("Error") || $0.contains("not increasing") })
    }

    private func output(_ command: String) -> [String] {
        guard let pipe = popen(command, "r") else { return [] }
        defer { pclose(pipe) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            text += buffer.prefix(count)
        }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
