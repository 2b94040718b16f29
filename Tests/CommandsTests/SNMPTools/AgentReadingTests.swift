import SNMP
import Testing

@testable import Commands

@Suite struct AgentReadingTests {
    @Test(
        arguments: [
            (.complete, "complete", nil, 0), (.absent, "complete", nil, 0),
            (.partial(.timeout), "partial", "the agent stopped answering", 3),
            (.failed(.undecodable), "failed", "what the agent answered cannot be decoded", 4),
        ] as [(ColumnStatus, String, String?, Int32)])
    func `how a column ended is the status, its reason, and the exit status`(
        column: ColumnStatus, status: String, reason: String?, exit: Int32
    ) {
        var reading = AgentReading()
        reading.end(column)
        #expect(reading.json["status"] == .string(status))
        #expect(reading.json["reason"] == JSONValue(reason))
        #expect(reading.exitStatus.rawValue == exit)
    }

    @Test func `JSON has the contract's members`() {
        var reading = AgentReading(varBinds: [VarBind("1.3.6.1.2.1.1.5.0", .octetString([0x41]))])
        reading.tolerated = ["trailingOctets"]
        reading.requests = 7
        #expect(
            JSONWriter.compact(reading.json)
                == #"{"rows":[{"oid":"1.3.6.1.2.1.1.5.0","name":"SNMPv2-MIB::sysName.0","type":"OCTET STRING","#
                + #""value":"A"}],"status":"complete","reason":null,"tolerated":["trailingOctets"],"requests":7}"#)
    }

    @Test func `an agent that is not there has failed, in JSON too`() async {
        let result = await run(
            [
                "walk", "127.0.0.1:9", "system", "--community", "hush-42", "--timeout", "0.05", "--retries", "0",
                "--json",
            ])
        #expect(result.status == 4)
        let json = try? JSONReader.read(result.output)
        #expect(json?["rows"] == [] && json?["status"] == "failed" && json?["reason"]?.string?.isEmpty == false)
        #expect(json?.members?.map(\.name) == ["rows", "status", "reason", "tolerated", "requests"])
        #expect(!(result.output + result.error).contains("hush-42"))
    }

    @Test func `failures of version 3 name the user, the protocols and a remedy`() async {
        let result = await run(
            [
                "get", "127.0.0.1:9", "sysName.0", "--user", "joe", "--auth", "SHA-256", "--auth-pass", "hush-hush-42",
                "--priv", "AES", "--priv-pass", "hush-hush-43", "--timeout", "0.05", "--retries", "0",
            ])
        #expect(result.status == 4)
        #expect(result.error.contains("-l authPriv -u joe -a SHA-256 -A PASSPHRASE -x AES -X PASSPHRASE"))
        #expect(!result.error.contains("hush"))
    }
}
