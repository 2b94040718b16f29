import ArgumentParser
import Server
import Testing

@testable import Commands

@Suite struct UsageTests {
    @Test(
        arguments: [
            [], ["nonsense"], ["discover"], ["discover", "--all", "X"], ["devices", "add", "only-name"],
            ["devices", "list", "--limit", "0"], ["devices", "list", "--filter", "nonsense"],
            ["devices", "list", "--json", "--csv"], ["devices", "list", "--server", "http://x", "--data-dir", "d"],
            ["interfaces", "set", "x"], ["interfaces", "set", "x", "--type", "nonsense"], ["sweep"],
            ["sweep", "10.0.0.0/24", "--rate", "0"], ["rules", "explain"],
            ["rules", "explain", "--name", "x", "--batch", "f"], ["devices", "edit", "x"],
            ["devices", "add", "n", "a", "--port", "70000"], ["devices", "add", "n", "a", "--type", "nonsense"],
            ["sweep", "10.0.0.0/24", "--csv", "--json"],
        ])
    func `a wrong command line ends with 64, a help text on standard error, and asks nothing`(arguments: [String])
        async
    {
        let result = await run(arguments)
        if arguments.isEmpty {
            #expect(result.status == 0)
        } else {
            #expect(result.status == 64)
            #expect(result.output.isEmpty)
            #expect(result.error.hasPrefix("error: "))
        }
        #expect(result.asked.isEmpty)
    }

    @Test(arguments: [["--version"], ["version"]])
    func `the version is printed`(arguments: [String]) async {
        let result = await run(arguments)
        #expect(result.status == 0)
        #expect(result.output == ProductVersion.current + "\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `shells get their completions`(shell: String) async {
        let result = await run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        #expect(result.output.contains("discover"))
    }

    @Test(
        arguments: [
            ([:], true, "/var/lib/wardflux"), (["XDG_DATA_HOME": "/x"], false, "/x/wardflux"),
            (["HOME": "/home/a"], false, "/home/a/.local/share/wardflux"),
        ] as [([String: String], Bool, String)])
    func `the default data directory follows the user`(
        environment: [String: String], isRoot: Bool, directory: String
    ) {
        let console = FakeConsole(environment: environment).console
        #expect(DataOptions.defaultDirectory(console, isRoot: isRoot) == directory)
    }

    @Test func `a data directory that is not there is not made by reading`() throws {
        let options = try DataOptions.parse(["--data-dir", "/nonexistent/wardflux"])
        try Console.$current.withValue(FakeConsole().console) {
            #expect(throws: CommandFailure.self) { try options.configuration(mustExist: true) }
            let configuration = try options.configuration(mustExist: false)
            #expect(configuration.dataDirectory == "/nonexistent/wardflux")
        }
    }
}
