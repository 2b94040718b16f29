import SNMP
import Testing

@testable import Commands

@Suite struct VarBindArgumentsTests {
    @Test(
        arguments: [
            (["ifIndex.3", "i", "3"], .integer(3)), (["ifAdminStatus.3", "i", "up"], .integer(1)),
            (["ifOperStatus.3", "=", "lowerLayerDown"], .integer(7)),
            (["ifSpeed.3", "=", "4294967295"], .gauge32(.max)),
            (["ifInOctets.3", "c", "1"], .counter32(1)),
            (["ifHCInOctets.3", "C", "18446744073709551615"], .counter64(.max)),
            (["sysUpTime.0", "t", "5"], .timeTicks(5)), (["ifAlias.3", "s", "a b"], .octetString(Array("a b".utf8))),
            (["ifPhysAddress.3", "x", "00:1a 2B"], .octetString([0, 0x1A, 0x2B])),
            (["sysObjectID.0", "o", "enterprises.9.1"], .objectIdentifier("1.3.6.1.4.1.9.1")),
            (["ipAdEntAddr.10.0.0.1", "a", "10.0.0.1"], .ipAddress([10, 0, 0, 1])), (["1.3.6.1.4", "n", ""], .null),
        ] as [([String], SNMPValue)])
    func `a triple is a variable binding`(words: [String], value: SNMPValue) throws {
        #expect(try VarBindArguments.parse(words).map(\.value) == [value])
    }

    @Test(
        arguments: [
            (["ifIndex.3", "i"], "triples"), (["ifIndex.3", "q", "3"], "'q' is no type"),
            (["1.3.6.1.4.1.99999", "=", "3"], "'=' is no type"), (["ifIndex.3", "i", "x"], "'x' is no value"),
            (["ifPhysAddress.3", "x", "0"], "no value"), (["ifPhysAddress.3", "x", "zz"], "no value"),
            (["ipAdEntAddr.1", "a", "10.0.0"], "no value"), (["ipAdEntAddr.1", "a", "10.0.0.256"], "no value"),
            (["ifIndx.3", "i", "3"], "did you mean ifIndex.3?"), (["ifSpeed.3", "u", "4294967296"], "no value"),
        ] as [([String], String)])
    func `anything else is told with what is wrong`(words: [String], told: String) async {
        let result = await run(["trap", "send", "127.0.0.1:9", "linkDown", "--community", "c"] + words)
        #expect(result.status == 64)
        #expect(result.error.contains(told), "\(result.error)")
    }
}
