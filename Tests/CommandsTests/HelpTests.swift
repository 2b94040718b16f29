import ArgumentParser
import FoundationEssentials
import Testing

@testable import Commands

@Suite struct HelpTests {
    /// Every command with its help, in the order of the overview; 100 columns.
    ///
    /// What users read is a contract: a change shows here. `WARDFLUX_RECORD=1` writes the file anew.
    @Test func `help is what the golden file says`() throws {
        let file = Self.folder + "/Golden/help.txt"
        let text = Self.help(of: WardFluxCommand.self, path: "wardflux")
        if Console.process.variable("WARDFLUX_RECORD") != nil { try FileText.write(text, to: file) }
        let golden = String(decoding: try FileText.read(file), as: UTF8.self)
        #expect(text == golden, "run the tests with WARDFLUX_RECORD=1 where the change is wanted")
    }

    @Test func `every command says what it does`() {
        for command in Self.all(WardFluxCommand.self) {
            #expect(!command.configuration.abstract.isEmpty, "\(command)")
        }
    }

    private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))

    private static func children(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        command.configuration.groupedSubcommands.flatMap(\.subcommands) + command.configuration.ungroupedSubcommands
    }

    private static func all(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + children(command).flatMap(all)
    }

    private static func help(of command: any ParsableCommand.Type, path: String) -> String {
        let own = WardFluxCommand.helpMessage(for: command, columns: 100)
        let rest = children(command).map { child in
            help(of: child, path: "\(path) \(child._commandName)")
        }
        return (["===== \(path)\n\(own)\n"] + rest).joined(separator: "\n")
    }
}
