import Inventory
import Testing

@testable import Alerting

@Suite struct AlertLabelsTests {
    @Test func labelsAreThoseThatUsersOfAlertmanagerExpect() throws {
        let scene = Scene(tags: ["site:tbilisi", "bank", "Owner-Team:net", "empty:"])
        var ledger = AlertLedger()
        scene.raise(&ledger, at: 0)
        var alert = try #require(ledger.open[scene.key()])
        alert.context.labels = ["team": "core", "severity": "page", "empty": ""]
        #expect(
            AlertLabels.labels(of: alert) == [
                "alertname": "InterfaceDown", "condition": "interface_down", "severity": "critical", "rule": "rule",
                "device": "CORE-SW-01", "device_type": "switch", "address": "127.1.0.1", "interface": "Te1/1",
                "type": "isp", "provider": "magti", "critical": "false", "tag_site": "tbilisi", "tag_bank": "true",
                "tag_owner_team": "net", "tag_empty": "true", "team": "core",
            ])
    }

    @Test func theRuleByWhichAnAlertBeganIsItsLabelUntilItIsOver() throws {
        let scene = Scene()
        var ledger = AlertLedger()
        var told: [[String]] = []
        for (second, id) in [(0.0, "uplinks"), (60, "renamed"), (120, "renamed"), (180, "another")] {
            let rule = AlertRule(id: id, condition: .interfaceDown, severity: .critical)
            ledger.take(AlertSignal(scene.key(), by: rule, at: scene.at(second))) { _ in scene.context }
            let alert = try #require(ledger.open[scene.key()])
            told.append([alert.rule, AlertLabels.labels(of: alert)["rule", default: ""]])
        }
        #expect(
            told == [
                ["uplinks", "uplinks"], ["renamed", "uplinks"], ["renamed", "uplinks"], ["another", "uplinks"],
            ])
        scene.end(&ledger, at: 240)
        let over = try #require(ledger.takeNews().resolved.first)
        #expect(AlertLabels.labels(of: over)["rule"] == "uplinks", "so that receivers see which alert is over")
    }

    @Test func aLabelMovesNoMoreAfterARestart() throws {
        let scene = Scene()
        var ledger = AlertLedger()
        scene.raise(&ledger, at: 0)
        ledger = AlertLedger(ledger.takeNews().changed)
        let rule = AlertRule(id: "renamed", condition: .interfaceDown, severity: .critical)
        ledger.take(AlertSignal(scene.key(), by: rule, at: scene.at(60)))
        let news = ledger.takeNews()
        #expect(news.changed.map { AlertLabels.labels(of: $0)["rule"] } == ["rule"])
        #expect(AlertLedger(news.changed).open[scene.key()].map { AlertLabels.labels(of: $0)["rule"] } == "rule")
    }

    @Test func valuesAreBounded() throws {
        let scene = Scene(device: String(repeating: "x", count: 70_000))
        var ledger = AlertLedger()
        scene.raise(&ledger, at: 0)
        let labels = AlertLabels.labels(of: try #require(ledger.open[scene.key()]))
        #expect(labels["device"]?.count == AlertLabels.lengthMax)
    }
}
