import Inventory
import RuleText
import Testing

@testable import Alerting

@Suite struct AlertFileTests {
    @Test func theShippedRulesAreThoseOfTheContract() throws {
        let (file, problems) = AlertFile.read(AlertFile.shippedText, name: "shipped")
        #expect(problems == [])
        let book = AlertRuleBook(file.rules)
        let scene = Scene()
        for (type, isCritical, isSent) in [
            (InterfaceType.access, true, true), (.trunk, false, true), (.serverLink, false, true),
            (.branchLink, false, true), (.isp, false, false), (.access, false, false), (.camera, false, false),
        ] {
            var port = scene.port
            (port.interfaceType, port.isCritical) = (type, isCritical)
            let rule = try #require(book.rule(for: .interfaceDown, of: port, on: scene.device))
            #expect(rule.isSent == isSent && (rule.severity == .critical) == isSent, "\(type)")
        }
        let busy = try #require(book.rule(for: .highUtilization, of: scene.port, on: scene.device))
        #expect(busy.threshold == 80 && busy.severity == .high && busy.isSent)
        let errors = try #require(book.rule(for: .highErrorRate, of: scene.port, on: scene.device))
        #expect(errors.threshold == 0.1 && errors.severity == .medium)
        #expect(book.rule(for: .deviceUnreachable, of: scene.device)?.severity == .critical)
        let disk = try #require(book.rule(for: .diskSpace, ofSystem: "disk"))
        #expect(disk.threshold == 10 && disk.severity == .high)
        #expect(Set(file.rules.map(\.condition)) == Set(AlertCondition.allCases), "every condition has a rule")
    }

    @Test func aFileIsReadWhole() throws {
        let text = """
            version: 1
            defaults: false
            rules:
              - id: uplinks
                condition: high_utilization
                severity: critical
                above: 90
                clear: 85.5
                for: 1h30m
                clear_after: 10m
                send: false
                labels: {team: core}
                remedy: https://wiki/uplinks
                where:
                  - {types: isp, providers: [magti, silknet]}
                  - {critical: true, devices: "CORE-*", tags: [site:*]}
              - {id: flaps, condition: interface_flapping, severity: low, changes: 8, within: 5m}
              - {id: errors, condition: high_error_rate, severity: low, minimum: 50}
              - {id: strange, condition: anomaly}
            route:
              receivers: [noc]
              group_by: [device]
              wait: 2s
              interval: 5m
              repeat: 4h
              escalate: [{after: 15m, receivers: boss}]
              routes:
                - {match: ['type="isp"', provider=~mag.*], receivers: [noc, boss], continue: true}
            receivers:
              - name: noc
                webhook: {url: http://127.0.0.1}
              - name: boss
            """
        let (file, problems) = AlertFile.read(text)
        #expect(problems == [])
        let uplinks = try #require(file.rules.first)
        #expect(uplinks.scopes.count == 2 && uplinks.scopes[0].types == [.isp] && uplinks.scopes[1].isCritical == true)
        #expect(uplinks.threshold == 90 && uplinks.clear == 85.5 && uplinks.forSeconds == 5_400)
        #expect(uplinks.clearSeconds == 600 && !uplinks.isSent && uplinks.labels == ["team": "core"])
        #expect(file.rules[1].changes == 8 && file.rules[1].withinSeconds == 300)
        #expect(file.rules[2].threshold == 0.1 && file.rules[2].minimumCount == 50)
        #expect(file.rules[3].followsSeverity)
        let route = try #require(file.route)
        #expect(route.repeatSeconds == 14_400 && route.waitSeconds == 2 && route.intervalSeconds == 300)
        #expect(route.escalations == [AlertEscalation(afterSeconds: 900, receivers: ["boss"])])
        #expect(route.children.first?.continues == true)
        #expect(
            route.children.first?.matchers == [
                AlertMatcher("type", "isp"), AlertMatcher("provider", .matches, "mag.*"),
            ])
        #expect(file.receivers == ["noc", "boss"])
        #expect(file.effectiveRules.count == 4)
    }

    private static let rule = "{id: a, condition: high_utilization, severity: high"

    @Test(arguments: [
        ("", "1:1: error: `version` is missing"), ("version: 2", "1:10: error: `version` is `2`"),
        ("version: 1\nrulez: []", "2:1: error: unknown key `rulez`"), ("version: 1\nrules: {}", "must be a list"),
        ("version: 1\nrules:\n  - \(rule), abov: 5}", "unknown key `abov` in a rule"),
        ("version: 1\nrules:\n  - \(rule), above: 500}", "`above` is `500`"),
        ("version: 1\nrules:\n  - \(rule), above: 80, clear: 90}", "`clear` is 90, which is above `above`"),
        ("version: 1\nrules:\n  - \(rule), below: 80}", "`below` means nothing for `high_utilization`"),
        ("version: 1\nrules:\n  - \(rule), minimum: 8}", "`minimum` is for error and discard rates"),
        ("version: 1\nrules:\n  - \(rule), changes: 8}", "`changes` is for `interface_flapping`"),
        ("version: 1\nrules:\n  - \(rule), for: 5}", "`for` is `5`"),
        ("version: 1\nrules:\n  - \(rule), for: 1m1h}", "`for` is `1m1h`"),
        ("version: 1\nrules:\n  - \(rule), where: {types: [uplink]}}", "`types` is `uplink`"),
        ("version: 1\nrules:\n  - \(rule), labels: {a-b: c}}", "`a-b` is no label"),
        ("version: 1\nrules:\n  - \(rule)}\n  - \(rule)}", "the rule `a` is written twice"),
        ("version: 1\nrules:\n  - {id: a, condition: too_hot, severity: high}", "`condition` is `too_hot`"),
        ("version: 1\nrules:\n  - {id: a, condition: anomaly, severity: bad}", "`severity` is `bad`"),
        ("version: 1\nrules:\n  - {id: a, condition: interface_down}", "`severity` is missing in a"),
        ("version: 1\nrules:\n  - {condition: interface_down, severity: low}", "3:5: error: `id` is missing in a rule"),
        ("version: 1\nrules:\n  - {id: '', condition: interface_down, severity: low}", "3:10: error: `id` of a rule"),
        ("version: 1\nrules:\n  - {id: a b, condition: interface_down, severity: low}", "`id` of a rule is `a b`"),
        ("version: 1\nrules:\n  - {id: a, condition: device_restarted, severity: low, for: 5m}", "happens once"),
        ("version: 1\nroute: {receivers: noc}", "no receiver is called `noc`"),
        ("version: 1\nroute: {match: ['x']}", "`match` cannot be used"),
        ("version: 1\nroute: {match: ['x=~(']}", "`match` cannot be used"),
        ("version: 1\nroute: {escalate: [{receivers: a}]}", "`after` is missing in an escalation"),
        ("version: 1\nreceivers: [{webhook: {}}]", "a receiver has no `name`"),
        ("version: 1\nreceivers: [{name: a}, {name: a}]", "the receiver `a` is written twice"),
        ("version: 1\nrules: [", "not YAML"),
    ])
    func whatIsWrongIsToldWithItsPlaceAndARemedy(text: String, told: String) {
        let problems = AlertFile.read(text).problems
        #expect(problems.contains { $0.description.contains(told) }, "\(problems)")
        #expect(problems.allSatisfy { !$0.remedy.isEmpty && $0.line >= 1 })
    }

    @Test(arguments: [
        ("high_utilization", "{}", "4:12: error: `where` is empty"), ("high_utilization", "[]", "`where` is empty"),
        ("high_utilization", "[{types: isp}, {}]", "4:27: error: `where` is empty"),
        ("high_utilization", "~", "`where` must be a mapping"), ("high_utilization", "", "`where` must be a mapping"),
        ("high_utilization", "{types: []}", "`types` is empty"),
        ("high_utilization", "{devices: [], types: isp}", "4:22: error: `devices` is empty"),
        ("high_utilization", "{device_types: {}}", "`device_types` is empty"),
        ("high_utilization", "{tags: ''}", "`tags` must be a text"),
        ("high_utilization", "{critical: ~}", "`critical` is `~`"),
        ("high_utilization", "{systems: disk}", "`systems` fits nothing: the condition is of interfaces"),
        ("device_unreachable", "{types: isp}", "4:20: error: `types` fits nothing: the condition is of devices"),
        ("device_restarted", "[{tags: lab}, {critical: true}]", "`critical` fits nothing"),
        ("device_unreachable", "{providers: magti, interfaces: a, aliases: b}", "`aliases` fits nothing"),
        ("job_trouble", "{devices: 'LAB-*'}", "`devices` fits nothing: the condition is of parts of WARD FLUX"),
        ("disk_space", "{systems: disk, locations: x}", "use systems, or leave `where` out"),
    ])
    func aWhereThatCannotBeMeantIsRefused(condition: String, place: String, told: String) {
        let rule = "  - {id: a, condition: \(condition), severity: low,\n    where: \(place)}"
        let problems = AlertFile.read("version: 1\nrules:\n\(rule)").problems
        #expect(problems.contains { $0.severity == .error && $0.description.contains(told) }, "\(problems)")
    }

    @Test(arguments: [
        ("high_utilization", "{types: isp, critical: false, interfaces: a, aliases: b, providers: c, devices: d}"),
        ("anomaly", "{device_types: switch, tags: a, locations: b}"),
        ("device_unreachable", "{devices: a, device_types: [switch, router], tags: b, locations: c}"),
        ("job_trouble", "{systems: 'job:*'}"),
    ])
    func whatCanBeSaidOfTheConditionIsTaken(condition: String, place: String) {
        let text = "version: 1\nrules: [{id: a, condition: \(condition), severity: low, where: \(place)}]"
        #expect(AlertFile.read(text).problems == [])
    }

    @Test(arguments: [
        "alertname", "condition", "severity", "rule", "device", "device_type", "location", "address", "interface",
        "type", "provider", "critical", "system", "tag_site",
    ])
    func aLabelThatEveryAlertHasIsNotARulesToSay(label: String) {
        let problems = AlertFile.read("version: 1\nrules:\n  - \(Self.rule), labels: {\(label): x}}").problems
        #expect(
            problems.map(\.description) == [
                "alerts:3:67: error: every alert says itself what its label `\(label)` is; use another name"
            ])
    }

    @Test(arguments: [
        ("interface_flapping", "changes: 6.7", "`changes` is `6.7`", "write a whole number from 2 to 60"),
        ("interface_flapping", "changes: 1", "`changes` is `1`", "write a whole number from 2 to 60"),
        ("interface_flapping", "changes: .nan", "`changes` is `.nan`", "write a whole number from 2 to 60"),
        ("interface_flapping", "within: 0", "`within` is `0`", "write a time such as 90s, 5m or 1h30m, 1s to 1d"),
        ("interface_flapping", "within: 25h", "`within` is `25h`", "write a time such as 90s, 5m or 1h30m, 1s to 1d"),
        ("high_error_rate", "minimum: 0.5", "`minimum` is `0.5`", "write a whole number from 0 to 1000000000"),
        ("high_error_rate", "minimum: -1", "`minimum` is `-1`", "write a whole number from 0 to 1000000000"),
    ])
    func numbersThatWouldBeCutAreRefused(condition: String, word: String, told: String, remedy: String) {
        let rule = "{id: a, condition: \(condition), severity: low, \(word)}"
        let problems = AlertFile.read("version: 1\nrules: [\(rule)]").problems
        #expect(problems.map(\.message) == [told] && problems.map(\.remedy) == [remedy], "\(problems)")
    }

    @Test func aLabelThatNoAlertHasIsWarnedOf() {
        let text = """
            version: 1
            rules:
              - \(Self.rule), labels: {team: core}}
            route:
              group_by: [devcie, device, team, tag_site]
              routes:
                - match: [team=core, system!="", tag_site=~"a|b", severity=low]
                - {match: [devcie=x], group_by: alertname}
            """
        let problems = AlertFile.read(text).problems
        #expect(problems.map(\.severity) == [.warning, .warning])
        #expect(problems.map(\.line) == [5, 8] && problems.map(\.column) == [14, 16])
        #expect(problems.allSatisfy { $0.message == "no alert has the label `devcie`" })
    }

    @Test func aRouteThatIsNeverAskedIsWarnedOf() {
        let text = """
            version: 1
            route:
              routes:
                - {match: [type=isp], wait: 0}
                - {continue: true}
                - routes:
                    - {wait: 1s}
                    - {match: [type=lan]}
                - {match: [severity=low]}
                - {wait: 2s}
            """
        let problems = AlertFile.read(text).problems
        #expect(problems.map(\.severity) == [.warning, .warning, .warning])
        #expect(
            problems.map { "\($0.line): \($0.message)" } == [
                "8: this route is never asked: the one before it at line 7 fits everything",
                "9: this route is never asked: the one before it at line 6 fits everything",
                "10: this route is never asked: the one before it at line 6 fits everything",
            ])
    }

    @Test func aMatchOfNothingIsRefused() {
        let problems = AlertFile.read("version: 1\nroute: {routes: [{match: []}, {match: [type=isp]}]}").problems
        #expect(problems.map(\.message) == ["`match` is empty, and would fit everything"])
        #expect(problems.map(\.severity) == [.error])
    }

    @Test func aRuleThatNeverDecidesIsWarnedOf() {
        let text = "version: 1\nrules:\n  - \(Self.rule)}\n  - {id: b, condition: high_utilization, severity: low}"
        let problems = AlertFile.read(text).problems
        #expect(problems.map(\.severity) == [.warning])
        #expect(problems.first?.message == "the rule `b` is never asked: `a` before it fits everything")
    }

    @Test func aRuleOfOnesOwnReplacesTheShippedOneOfItsName() {
        let text = "version: 1\nrules: [{id: high-utilization, condition: high_utilization, severity: low, above: 95}]"
        let rules = AlertFile.read(text).file.effectiveRules.filter { $0.id == "high-utilization" }
        #expect(rules.map(\.threshold) == [95])
    }

    @Test func cutAndMutatedFilesAreRefusedOrReadAndNeverMore() {
        let text = AlertFile.shippedText
        for length in stride(from: 0, to: text.utf8.count, by: 97) {
            _ = AlertFile.read(String(decoding: text.utf8.prefix(length), as: UTF8.self))
        }
        var seed: UInt64 = 7
        for _ in 0..<300 {
            var octets = Array(text.utf8)
            for _ in 0..<4 {
                seed = SplitMix.mixed(seed)
                octets[Int(seed % UInt64(octets.count))] = UInt8(truncatingIfNeeded: seed >> 32)
            }
            _ = AlertFile.read(String(decoding: octets, as: UTF8.self))
        }
    }

    @Test(arguments: [("0", 0), ("90s", 90), ("5m", 300), ("1h30m", 5_400), ("2d", 172_800), ("1d1h1m1s", 90_061)])
    func timesAreReadAsPeopleWriteThem(text: String, seconds: Int) {
        #expect(DurationText.seconds(text) == seconds)
        if seconds > 0 { #expect(DurationText.seconds(DurationText.text(seconds)) == seconds) }
    }

    @Test(arguments: ["", "5", "m", "5x", "1m1h", "5m5", "-5m", "5 m", "9999999999999999999s"])
    func whatIsNoTimeIsRefused(text: String) { #expect(DurationText.seconds(text) == nil) }
}
