import Testing

@testable import Commands

@Suite struct SubtreeNameTests {
    @Test(arguments: [("1.3", "1.3"), (".1.3", "1.3"), (".1.3.6.1.2.1", "1.3.6.1.2.1"), ("sysName", "1.3.6.1.2.1.1.5")])
    func `identifiers may begin with a dot, or be names`(text: String, root: String) throws {
        #expect(try SubtreeName.parse(text).description == root)
    }

    @Test(
        arguments: [
            ("1", "give at least two, such as 1.3"), (".1", "give at least two, such as 1.3"),
            ("ifAlais", "did you mean ifAlias?"), ("1..3", "such as 1.3.6.1.2.1.1"), ("", "write it dotted"),
        ])
    func `anything else is told with what to write`(text: String, remedy: String) async {
        let result = await run(["walk", "127.0.0.1", text])
        #expect(result.status == 64)
        #expect(result.error.contains(remedy))
    }
}
