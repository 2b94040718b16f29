import API
import Pipelines
import SNMP
import Testing

@testable import Server

@Suite struct TrapDeskTests {
    @Test(arguments: [
        (":162", ["0.0.0.0:162", "[::]:162"]), ("*:1162", ["0.0.0.0:1162", "[::]:1162"]),
        ("127.0.0.1:1162", ["127.0.0.1:1162"]), ("127.0.0.1", ["127.0.0.1:162"]), ("[::1]:1162", ["[::1]:1162"]),
        ("::1", ["[::1]:162"]), ("0.0.0.0:0", ["0.0.0.0:0"]),
    ])
    func aPlaceToListenIsRead(_ text: String, _ expected: [String]) {
        #expect(TrapSettings.addresses(of: text)?.map(\.description) == expected)
    }

    @Test(arguments: ["", ":", ":x", ":70000", "162", "localhost:162", "1.2.3:162", "*", "::1:"])
    func otherTextsAreRefused(_ text: String) throws {
        #expect(TrapSettings.addresses(of: text) == nil)
        let error = #expect(throws: ConfigurationError.self) {
            try ServerConfiguration.read(flags: ["traps.listen": text])
        }
        #expect(error?.faults.map(\.key) == ["traps.listen"])
    }

    @Test func listeningIsOffUntilItIsAskedFor() throws {
        #expect(try !ServerConfiguration.read().traps.isEnabled)
        #expect(try ServerConfiguration.read(flags: ["traps.enabled": "true"]).traps.isEnabled)
        #expect(try ServerConfiguration.read(flags: ["traps.listen": ":1162"]).traps.isEnabled)
        #expect(
            try !ServerConfiguration.read(flags: ["traps.listen": ":1162", "traps.enabled": "false"]).traps.isEnabled)
        let engine = try ServerConfiguration.read(flags: ["traps.engine_id": "0x8000000004AABB"]).traps.engineID
        #expect(engine == [0x80, 0, 0, 0, 4, 0xAA, 0xBB])
        for text in ["80000000", "8000000004aab", "80000000zz", "+1+2+3+4+5"] {
            #expect(TrapSettings.engineID(of: text) == nil)
        }
    }

    @Test func anAddressThatCannotBeBoundNamesSettingValueAndRemedy() throws {
        var configuration = NotificationConfiguration()
        configuration.addresses = [TransportAddress(127, 0, 0, 1, port: 0)]
        let first = try NotificationListener(configuration)
        configuration.addresses = first.addresses
        var settings = TrapSettings()
        settings.listen = "\(first.addresses[0])"
        let error = #expect(throws: SNMPError.self) { try NotificationListener(configuration) }
        let told = TrapDesk.explained(try #require(error), settings) as? ConfigurationError
        let text = told?.description ?? ""
        #expect(text.contains("traps.listen") && text.contains(settings.listen) && text.contains("snmptrapd"))
        first.shutdown()
    }

    @Test func healthIsDegradedWhereTrapsWereLost() {
        var heard = NotificationStatistics()
        heard.delivered = 12
        heard.wrongCommunity = 3
        let good = TrapDesk.state(heard, TrapCounts(), at: "127.0.0.1:162")
        #expect(good.state == .healthy)
        #expect(good.detail?.contains("12 taken") == true && good.detail?.contains("3 refused") == true)
        heard.dropped = 1
        #expect(TrapDesk.state(heard, TrapCounts(), at: "").state == .degraded)
        heard.kernelDrops = 1
        #expect(TrapDesk.state(heard, TrapCounts(), at: "").detail?.contains("rmem_max") == true)
    }
}
