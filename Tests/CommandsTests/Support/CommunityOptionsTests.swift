import ArgumentParser
import Inventory
import Testing

@testable import Commands

@Suite struct CommunityOptionsTests {
    @Test func `an argument comes before the environment`() throws {
        let console = FakeConsole(environment: ["WARDFLUX_COMMUNITY": "of-environment"])
        try Console.$current.withValue(console.console) {
            let argument = try CommunityOptions.parse(["--community", "given"]).given()
            let variable = try CommunityOptions.parse([]).given()
            #expect(argument == Secret("given"))
            #expect(variable == Secret("of-environment"))
        }
    }

    @Test func `a file's first line is the community, without white space`() throws {
        let console = FakeConsole(input: "  secret \r\nsecond line\n")
        try Console.$current.withValue(console.console) {
            let community = try CommunityOptions.parse(["--community-file", "-"]).given()
            #expect(community == Secret("secret"))
        }
    }

    @Test func `an empty file is refused`() throws {
        let console = FakeConsole(input: "\n")
        try Console.$current.withValue(console.console) {
            let options = try CommunityOptions.parse(["--community-file", "-"])
            #expect(throws: CommandFailure.self) { try options.given() }
        }
    }

    @Test func `what is typed at the prompt is the community`() throws {
        var console = FakeConsole().console
        console.prompt = { _ in "typed" }
        try Console.$current.withValue(console) {
            let community = try CommunityOptions.parse([]).required()
            #expect(community == Secret("typed"))
        }
    }

    @Test func `without any the failure names the ways to give one`() throws {
        try Console.$current.withValue(FakeConsole().console) {
            let options = try CommunityOptions.parse([])
            let failure = #expect(throws: CommandFailure.self) { try options.required() }
            #expect(failure?.status == .usage)
            #expect(failure?.description.contains("WARDFLUX_COMMUNITY") == true)
        }
    }

    @Test func `two ways at once are refused`() {
        #expect(throws: (any Error).self) {
            try CommunityOptions.parse(["--community", "a", "--community-file", "b"])
        }
    }
}
