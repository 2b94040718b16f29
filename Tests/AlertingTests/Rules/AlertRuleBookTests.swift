import Inventory
import Testing

@testable import Alerting

@Suite struct AlertRuleBookTests {
    private let device: Device
    private let port: Interface

    init() {
        var device = Device(name: "BRANCH-SW-12", address: "127.1.0.12", at: Timestamp(seconds: 0))
        (device.deviceType, device.tags, device.location) = (.switch, ["site:kutaisi", "bank"], "Kutaisi, 2nd floor")
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.ifDescr, facts.ifAlias) = ("Gi0/0/0", "GigabitEthernet0/0/0", "Magti uplink 1G")
        var port = Interface(deviceID: device.id, facts: facts, at: Timestamp(seconds: 0))
        (port.interfaceType, port.ispProvider, port.isCritical) = (.isp, "magti", true)
        (self.device, self.port) = (device, port)
    }

    private static let words: [(edit: @Sendable (inout AlertScope) -> Void, fits: Bool)] = [
        ({ _ in }, true),
        ({ $0.types = [.isp, .trunk] }, true),
        ({ $0.types = [.access] }, false),
        ({ $0.providers = ["MAGTI"] }, true),
        ({ $0.providers = ["silknet"] }, false),
        ({ $0.isCritical = true }, true),
        ({ $0.isCritical = false }, false),
        ({ $0.interfaces = ["gi0/*"] }, true),
        ({ $0.interfaces = ["GigabitEthernet0/0/?"] }, true),
        ({ $0.interfaces = ["Gi0/0"] }, false),
        ({ $0.aliases = ["*uplink*"] }, true),
        ({ $0.devices = ["branch-*"] }, true),
        ({ $0.devices = ["core-*", "hub-*"] }, false),
        ({ $0.deviceTypes = [.switch] }, true),
        ({ $0.deviceTypes = [.router] }, false),
        ({ $0.tags = ["site:*"] }, true),
        ({ $0.tags = ["lab"] }, false),
        ({ $0.locations = ["kutaisi*"] }, true),
        ({ $0.systems = ["disk"] }, false),
        (
            {
                $0.types = [.isp]
                $0.devices = ["CORE-*"]
            }, false
        ),
    ]

    @Test(arguments: words.indices)
    func everyWordOfAScopeMustFit(index: Int) {
        let (edit, fits) = Self.words[index]
        var scope = AlertScope()
        edit(&scope)
        var rule = AlertRule(id: "rule", condition: .interfaceDown, severity: .low)
        rule.scopes = [scope]
        #expect((AlertRuleBook([rule]).rule(for: .interfaceDown, of: port, on: device) != nil) == fits)
    }

    @Test func theFirstRuleThatFitsDecides() {
        var branch = AlertRule(id: "branches", condition: .highUtilization, severity: .low)
        branch.scopes = [AlertScope(), AlertScope()]
        branch.scopes[0].devices = ["nothing"]
        branch.scopes[1].devices = ["BRANCH-*"]
        let all = AlertRule(id: "all", condition: .highUtilization, severity: .high)
        let down = AlertRule(id: "down", condition: .interfaceDown, severity: .critical)
        let book = AlertRuleBook([down, branch, all])
        #expect(book.rule(for: .highUtilization, of: port, on: device)?.id == "branches")
        #expect(AlertRuleBook([all, branch]).rule(for: .highUtilization, of: port, on: device)?.id == "all")
        #expect(book.rule(for: .highErrorRate, of: port, on: device) == nil)
        #expect(book.places(of: port, on: device)[0] == 0)
        #expect(book.places(of: port, on: device)[1] == 1)
        #expect(book.places(of: port, on: device)[2] == -1)
    }

    @Test func whatIsSaidOfInterfacesFitsNoDeviceAndNoSystem() {
        var rule = AlertRule(id: "silent", condition: .deviceUnreachable, severity: .critical)
        rule.scopes = [AlertScope()]
        #expect(AlertRuleBook([rule]).rule(for: .deviceUnreachable, of: device) != nil)
        rule.scopes[0].types = [.isp]
        #expect(AlertRuleBook([rule]).rule(for: .deviceUnreachable, of: device) == nil)
        var disk = AlertRule(id: "disk", condition: .diskSpace, severity: .high)
        disk.scopes = [AlertScope()]
        disk.scopes[0].systems = ["job:*"]
        #expect(AlertRuleBook([disk]).rule(for: .diskSpace, ofSystem: "disk") == nil)
        #expect(AlertRuleBook([disk]).rule(for: .diskSpace, ofSystem: "job:sweep") != nil)
    }

    private static let ofOthers: [@Sendable (inout AlertScope) -> Void] = [
        { $0.types = [.isp] }, { $0.providers = ["*"] }, { $0.isCritical = true }, { $0.isCritical = false },
        { $0.interfaces = ["*"] }, { $0.aliases = ["*"] }, { $0.devices = ["LAB-*"] }, { $0.deviceTypes = [.switch] },
        { $0.tags = ["*"] }, { $0.locations = ["*"] },
    ]

    @Test(arguments: ofOthers.indices, [["job:*"], []])
    func whatIsSaidOfOthersFitsNoPartOfWardFlux(index: Int, systems: [String]) {
        var rule = AlertRule(id: "quiet", condition: .jobTrouble, severity: .low)
        rule.scopes = [AlertScope()]
        rule.scopes[0].systems = systems
        #expect(AlertRuleBook([rule]).rule(for: .jobTrouble, ofSystem: "job:sweep") != nil)
        Self.ofOthers[index](&rule.scopes[0])
        #expect(AlertRuleBook([rule]).rule(for: .jobTrouble, ofSystem: "job:sweep") == nil)
    }

    @Test(arguments: [
        ("*", "", true), ("?", "", false), ("a*b*c", "aXXbYYc", true), ("a*b*c", "aXXbYY", false), ("", "", true),
        ("", "a", false), ("*a", "ba", true), ("*a*", "bab", true), ("ა*", "აბგ", true), ("ÄB", "äb", true),
        ("a?c", "abc", true), ("a**c", "ac", true),
    ])
    func namesMayHaveStarsAndMarks(pattern: String, text: String, fits: Bool) {
        #expect(Glob(pattern).fits(text) == fits)
    }
}
