import Testing

@testable import Commands

@Suite struct ObjectArgumentTests {
    @Test(
        arguments: [
            ("1.3", "1.3"), (".1.3", "1.3"), (".1.3.6.1.2.1", "1.3.6.1.2.1"), ("sysName", "1.3.6.1.2.1.1.5"),
            ("sysUpTime.0", "1.3.6.1.2.1.1.3.0"), ("IF-MIB::ifDescr.3", "1.3.6.1.2.1.2.2.1.2.3"),
        ])
    func `identifiers may begin with a dot, or be names with an index`(text: String, oid: String) throws {
        #expect(try ObjectArgument.parse(text).description == oid)
    }

    @Test(
        arguments: [
            ("1", "give at least two, such as 1.3"), (".1", "give at least two, such as 1.3"),
            ("ifAlais", "did you mean ifAlias?"), ("ifAlais.7", "did you mean ifAlias.7?"),
            ("IF-MIB::sysName.0", "did you mean SNMPv2-MIB::sysName.0?"), ("1..3", "such as 1.3.6.1.2.1.1"),
            ("", "write it dotted"), ("ifDescr.x", "did you mean"),
        ])
    func `anything else is told with what to write`(text: String, remedy: String) async {
        let result = await run(["walk", "127.0.0.1", text])
        #expect(result.status == 64)
        #expect(result.error.contains(remedy))
    }

    @Test func `a table that is not known is sent to walk`() async {
        let result = await run(["table", "127.0.0.1", "system"])
        #expect(result.status == 64 && result.error.contains("read it with walk"))
    }

    @Test func `a column that is not the table's is told with those that are`() async {
        let result = await run(["table", "127.0.0.1", "ifXTable", "--columns", "ifName,ifDescr"])
        #expect(result.status == 64)
        #expect(result.error.contains("ifXTable has no column 'ifDescr'") && result.error.contains("ifHighSpeed"))
    }
}
