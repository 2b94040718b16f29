import Classification
import Inventory
import SNMPLab
import Testing

/// The simulated bank knows what each of its interfaces is for; its names alone must tell the same.
@Suite("Simulated bank") struct SimulatedBankTests {
    /// One interface of the network with its truth and what its names were taken for.
    struct Told {
        let place: String
        let truth: InterfaceTruth
        let answer: Classification
    }

    let told: [Told]

    init() throws {
        let rules = try RuleSet.load(user: nil)
        told = try SimulatedNetwork(named: "bank-876").devices.flatMap { device in
            zip(device.interfaces, device.truth).map { interface, truth in
                Told(
                    place: "\(device.name) \(interface.name) \"\(interface.alias)\"", truth: truth,
                    answer: rules.classify(Self.input(interface)))
            }
        }
    }

    private static func input(_ interface: SimulatedInterface) -> ClassificationInput {
        ClassificationInput(
            name: interface.name, descr: interface.descr, alias: interface.alias, ifType: Int(interface.type),
            speedBps: Int64(clamping: interface.speedBitsPerSecond))
    }

    @Test("every interface is told right by name, descr, alias, ifType and speed alone")
    func everyTypeIsRight() {
        let wrong = told.filter { $0.answer.type.rawValue != $0.truth.purpose.rawValue }
        #expect(
            wrong.isEmpty,
            "\(wrong.map { "\($0.place): \($0.truth.purpose) told as \($0.answer.type) by \($0.answer.rule)" })")
    }

    @Test("187 uplinks with their providers, 456 trunks, 201 critical")
    func sumsAreThoseOfTheTruth() {
        #expect(told.count == 3_247)
        #expect(told.count { $0.answer.type == .isp } == 187)
        #expect(told.count { $0.answer.type == .trunk } == 456)
        #expect(told.count(where: \.answer.isCritical) == 201)
        let wrongProvider = told.filter { $0.answer.provider != $0.truth.provider }
        #expect(wrongProvider.isEmpty, "\(wrongProvider.map(\.place))")
        let wrongCritical = told.filter { $0.answer.isCritical != $0.truth.isCritical }
        #expect(wrongCritical.isEmpty, "\(wrongCritical.map(\.place))")
    }
}
