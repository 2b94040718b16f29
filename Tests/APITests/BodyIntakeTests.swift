import Catalog
import Inventory
import Synchronization
import Testing

@testable import API

@Suite struct BodyIntakeTests {
    private let piece = [UInt8](repeating: 1, count: 32_768)

    /// An intake that refuses or admits, and how often it asked.
    private func intake(refusing: Bool, _ asked: Counter) -> BodyIntake {
        BodyIntake(octetsMax: 1 << 20) {
            asked.add()
            return refusing ? APIResponse(status: 401) : nil
        }
    }

    /// Gives an intake some pieces; how many of them it took.
    private func feed(_ intake: inout BodyIntake, _ pieces: Int) async -> Int {
        var taken = 0
        for _ in 0..<pieces where await intake.take(piece) { taken += 1 }
        return taken
    }

    @Test func aStrangersLongBodyIsReadPastAndNotKept() async {
        let asked = Counter()
        var intake = intake(refusing: true, asked)
        let taken = await feed(&intake, 40)
        #expect(taken == 32, "beyond the bound it is not even read")
        #expect(intake.refusal?.status == 401 && intake.octets.isEmpty && asked.value == 1)
    }

    @Test func aLongBodyOfOneWhoMaySendItIsKept() async {
        let asked = Counter()
        var intake = intake(refusing: false, asked)
        let taken = await feed(&intake, 32)
        #expect(taken == 32 && intake.refusal == nil && intake.octets.count == 1 << 20 && asked.value == 1)
    }

    @Test func aShortBodyIsKeptUnasked() async {
        let asked = Counter()
        var intake = intake(refusing: true, asked)
        let taken = await feed(&intake, 2)
        #expect(taken == 2 && intake.refusal == nil && intake.octets.count == 65_536 && asked.value == 0)
    }

    @Test(
        arguments: [
            ("POST", "/series/import", "Bearer good", nil), ("POST", "/series/import", "Bearer bad", 401),
            ("POST", "/series/import", nil, 401), ("GET", "/series/import", "Bearer good", 405),
            ("POST", "/nothing", "Bearer good", 404),
        ] as [(String, String, String?, Int?)])
    func whoMaySendALongBodyIsKnownWithoutIt(
        _ method: String, _ path: String, _ field: String?, _ expected: Int?
    ) async throws {
        var settings = Fixture.exact
        settings.requiresToken = true
        settings.isLoopbackOnly = false
        let api = try Fixture(settings: settings)
        try await api.catalog.saveAccessToken(AccessToken(name: "a", hash: "hash of good", createdAt: Fixture.now))
        let request = APIRequest(
            method, "/api/v1" + path, headers: field.map { [APIHeader("Authorization", $0)] } ?? [])
        #expect(await api.application.refusal(of: request)?.status == expected)
    }
}

/// Counts.
private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
