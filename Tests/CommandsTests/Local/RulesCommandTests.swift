import Testing

@testable import Commands

@Suite struct RulesCommandTests {
    @Test func `a batch is answered in its order with the contract's members`() async throws {
        let batch = #"""
            [{"id":"a","name":"Gi0/1","alias":"Magti uplink","if_type":6,"speed_mbps":1000},
            {"id":"b","name":"Lo0","if_type":24,"neighbour":null,"label":"unknown keys are passed over"}]
            """#
        let result = await run(["rules", "explain", "--batch", "-", "--json"], input: batch)
        #expect(result.status == 0)
        let answers = try #require(JSONReader.read(result.output).items)
        #expect(answers.map { $0["id"]?.string } == ["a", "b"])
        #expect(
            answers.first?.members?.map(\.name) == ["id", "type", "provider", "confidence", "rule", "evidence"])
        #expect(answers.map { $0["type"]?.string } == ["isp", "loopback"])
    }

    @Test(
        arguments: [
            "{}", "[", "[1]", #"[{"id":"a","if_type":"x"}]"#, "",
        ])
    func `a broken batch is an error that says where`(text: String) async {
        let result = await run(["rules", "explain", "--batch", "-"], input: text)
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("error: -"))
    }

    @Test func `one interface is explained to people and to programs`() async throws {
        let arguments = ["rules", "explain", "--name", "Gi0/1", "--alias", "Silknet 100M", "--if-type", "6"]
        let people = await run(arguments)
        #expect(people.output.contains("silknet"))
        let programs = await run(arguments + ["--json"])
        #expect(try JSONReader.read(programs.output)["provider"] == "silknet")
    }

    @Test func `a broken rule file cannot be used, with line and column`() async {
        let result = await run(["rules", "check", "-"], input: "rules:\n  - id: x\n    type: nonsense\n")
        #expect(result.status == 1)
        #expect(result.error.contains("-:3:"))
        #expect(result.output.contains("cannot be used"))
    }

    @Test func `an empty rule file is good`() async {
        let result = await run(["rules", "check", "-"], input: "")
        #expect(result.status == 0)
    }

    @Test func `the shipped rules are printed`() async {
        let result = await run(["rules", "shipped"])
        #expect(result.status == 0)
        #expect(result.output.contains("rules:"))
    }
}
