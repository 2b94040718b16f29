import Inventory
import Testing

@testable import Alerting

@Suite struct AlertMessageTests {
    @Test(arguments: [(nil, "10m"), (30, "30s"), (90, "1m30s"), (86_400, "1d")] as [(Int?, String)])
    func flapsAreToldWithTheTimeInWhichTheyWereCounted(within: Int?, told: String) {
        let scene = Scene()
        var rule = AlertRule(id: "flaps", condition: .interfaceFlapping, severity: .high)
        rule.withinSeconds = within
        let signal = AlertSignal(scene.key(.interfaceFlapping), by: rule, at: scene.start, value: 6)
        let message = AlertMessage.text(signal, AlertInventory(devices: [scene.device], interfaces: [scene.port]))
        #expect(message == "Interface Te1/1 flapping on CORE-SW-01 (6 changes in \(told))")
    }
}
