import ObjectNames
import SNMP
import Testing

@testable import Commands

@Suite struct NotificationPrinterTests {
    private static func linkDown(_ sender: SNMPNotification.Sender) throws -> SNMPNotification {
        var sent = OutgoingNotification(trapOID: "1.3.6.1.6.3.1.1.5.3", upTime: 12_345)
        sent.varBinds = [VarBind("1.3.6.1.2.1.2.2.1.8.3", .integer(2))]
        return try SNMPNotification(
            sent.pdu(requestID: 1, isInform: false), from: TransportAddress(10, 0, 0, 1, port: 4711), version: .v2c,
            sender: sender, receivedAtUnixMilliseconds: 1_772_337_600_000)
    }

    @Test func `people read what happened, then the variable bindings`() throws {
        let printer = NotificationPrinter(text: ValueText(names: .standard), json: false)
        #expect(
            printer.text(try Self.linkDown(.community(isKnown: true))) == """
                2026-03-01 04:00:00 10.0.0.1:4711 2c trap IF-MIB::linkDown up 0:02:03.45
                  IF-MIB::ifOperStatus.3 = INTEGER: down(2)
                """)
        let unknown = printer.text(try Self.linkDown(.community(isKnown: false)))
        #expect(unknown.contains("up 0:02:03.45 (unknown community)\n"))
        let user = printer.text(try Self.linkDown(.user(name: "joe", level: .authPriv, engineID: [0x80, 1])))
        #expect(user.contains("(joe, authPriv)\n"))
    }

    @Test func `programs read one object a line`() throws {
        let printer = NotificationPrinter(text: ValueText(names: .standard), json: true)
        let text = printer.text(try Self.linkDown(.user(name: "joe", level: .authPriv, engineID: [0x80, 1])))
        #expect(
            text
                == #"{"received_at":"2026-03-01T04:00:00Z","source":"10.0.0.1:4711","agent_address":null,"#
                + #""version":"2c","type":"trap","user":"joe","level":"authPriv","engine_id":"8001","#
                + #""name":"IF-MIB::linkDown","oid":"1.3.6.1.6.3.1.1.5.3","enterprise":null,"sys_up_time":12345,"#
                + #""rows":[{"oid":"1.3.6.1.2.1.2.2.1.8.3","name":"IF-MIB::ifOperStatus.3","type":"INTEGER","value":2}]}"#
        )
    }

    @Test func `who may send has to be said`() async {
        let result = await run(["trap", "listen", "--bind", "127.0.0.1:0"])
        #expect(result.status == 64 && result.error.contains("--any-community"))
    }
}
