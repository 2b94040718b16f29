import Testing

@testable import Commands

@Suite struct RulesCommandTests {
    @Test func `a batch is answered in its order with the contract's members`() async throws {
        let batch = #"""
            [{"id":"a","name":"Gi0/1","alias":"Magti uplink","if_type":6,"speed_mbps":1000},
            {"id":"b","name":"Lo0","if_type":24,"neighbour":null,"difficulty":"easy","also_ok":[]}]
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

    @Test func `unknown keys are passed over with a warning that names row, key and the key that was meant`() async {
        let batch = #"""
            [{"id":"a","name":"Gi0/1"},{"id":"b","ifAlias":"Magti"},
            {"if_typ":6,"neighbour":{"protocol":"lldp","platfrom":"x"}},{"zzzzzzzz":1}]
            """#
        let result = await run(["rules", "explain", "--batch", "-", "--json"], input: batch)
        #expect(result.status == 0)
        #expect(!result.output.isEmpty)
        #expect(
            result.error.split(separator: "\n") == [
                "warning: - has 4 unknown keys, passed over",
                "  row 2 (id b): unknown key 'ifAlias'; did you mean 'alias'?",
                "  row 3: unknown key 'if_typ'; did you mean 'if_type'?",
                "  row 3, neighbour: unknown key 'platfrom'; did you mean 'platform'?",
                "  row 4: unknown key 'zzzzzzzz'",
            ])
    }

    @Test(
        arguments: [
            ("if_alias", "alias"), ("ifName", "name"), ("speed", "speed_mbps"), ("ifType", "if_type"),
            ("neighbor", "neighbour"), ("description", nil), ("descrr", "descr"),
        ] as [(String, String?)])
    func `the key that was meant is found`(written: String, meant: String?) {
        #expect(BatchKeys.nearest(written, among: BatchKeys.row) == meant)
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
