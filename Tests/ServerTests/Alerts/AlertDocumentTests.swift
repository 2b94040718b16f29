import Alerting
import FoundationEssentials
import Inventory
import Testing

@testable import Server

/// What `docs/alerts.md` says is so.
@Suite struct AlertDocumentTests {
    private static func page() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return String(decoding: try Data(contentsOf: root.appending(path: "docs/alerts.md")), as: UTF8.self)
    }

    /// The YAML examples.
    private static func examples() throws -> [String] {
        var (examples, present): ([String], [Substring]?) = ([], nil)
        for line in try page().split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```yaml" {
                present = []
            } else if line == "```", let lines = present {
                examples.append(lines.joined(separator: "\n") + "\n")
                present = nil
            } else {
                present?.append(line)
            }
        }
        return examples
    }

    @Test func itsExamplesAreReadWithoutProblems() throws {
        let examples = try Self.examples()
        #expect(examples.count >= 6)
        let folder = try AlertFolder()
        for name in ["noc-channel.url", "pager.keys", "pager.url", "slack.url", "smtp.password"] {
            try folder.write("https://hooks.example.org/0123456789abcdef\n", name)
        }
        let environment = [
            "SMTP_PASSWORD": "p", "AM_PASSWORD": "p", "PAGER_TOKEN": "t", "TEAMS_URL": "https://teams.example.org/t",
        ]
        var kinds: Set<Receiver.Kind> = []
        for example in examples {
            let reading = folder.reading(example, environment: environment)
            #expect(reading.problems == [], "\(example)")
            kinds.formUnion(reading.receivers.map(\.kind))
        }
        #expect(kinds == Set(Receiver.Kind.allCases), "each kind has an example")
    }

    @Test func everyConditionAndEveryKindIsInIt() throws {
        let page = try Self.page()
        for condition in AlertCondition.allCases {
            #expect(page.contains("`\(condition.rawValue)`"), "\(condition.rawValue)")
        }
        for hold in AlertHold.allCases { #expect(page.contains("`\(hold.rawValue)`"), "\(hold.rawValue)") }
        for kind in Receiver.Kind.allCases { #expect(page.contains("`\(kind.rawValue)`"), "\(kind.rawValue)") }
    }
}
