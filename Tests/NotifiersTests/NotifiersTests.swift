import Inventory
import Testing

@testable import Notifiers

struct NotifiersTests {
    @Test(arguments: NotifierBed.all) func everyKindIsCheckedWithoutAReceiver(_ bed: NotifierBed) async throws {
        try await Notifiers.check(bed.settings(9, nil, 1))
        for timeout in [0, -1, .nan, .infinity, 601] {
            await #expect(throws: NotifierError.self) { try await Notifiers.check(bed.settings(9, nil, timeout)) }
        }
    }

    @Test func aFileOfAuthoritiesThatIsNoneIsRefusedByName() async {
        for path in ["/nonexistent/ca.pem", "/dev/null", #filePath] {
            var settings = SyslogSettings(host: "127.0.0.1")
            (settings.transport, settings.caFile) = (.tls, path)
            await #expect {
                try await Notifiers.check(.syslog(settings))
            } throws: { "\($0)".hasPrefix("ca_file: ") && "\($0)".contains(path) }
        }
    }

    @Test func aNotifierThatIsDroppedUnclosedGivesItsConnectionsBack() throws {
        for _ in 0..<3 {
            _ = try Notifiers.make(.webhook(NotifierBed.webhookSettings(9, 1)), NotifierBed.surroundings)
        }
    }
}
