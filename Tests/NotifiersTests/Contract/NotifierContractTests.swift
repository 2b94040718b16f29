import Alerting
import Inventory
import Listing
import Testing

@testable import Notifiers

/// What every notifier keeps to, whatever it tells and however the receiver behaves.
struct NotifierContract: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable (NotifierBed, TestCertificate?) async throws -> Void

    var testDescription: String { name }

    static let all = [
        NotifierContract(name: "firing and resolved arrive", run: firesAndResolves),
        NotifierContract(name: "a repetition has the same id", run: repeats),
        NotifierContract(name: "hostile texts change no form", run: hostile),
        NotifierContract(name: "many alerts arrive within the limits", run: many),
        NotifierContract(name: "a refused connection is told and may pass", run: refuses),
        NotifierContract(name: "a bad receiver is left in time", run: misbehaves),
        NotifierContract(name: "a cancelled task stops sending", run: cancels),
        NotifierContract(name: "no secret is shown", run: keepsSecrets),
    ]

    private static let firesAndResolves: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        let receiver = try await $0.receiver($1)
        let notifier = try Notifiers.make($0.settings(receiver.port, $1, 10), NotifierBed.surroundings)
        try await notifier.send(Notices.notice())
        let first = try await receiver.wait(for: 1)
        #expect(first[0].text.contains("Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)"))
        #expect(!first[0].text.contains("Resolved: "))
        try await notifier.send(Notices.notice([Notices.alert(isOver: true)]))
        let all = try await receiver.wait(for: 2)
        #expect(all.count == 2)
        #expect(all[1].text.contains("Resolved: ") || all[1].text.contains("status=\"resolved\""))
        #expect(all.compactMap(\.problem) == [])
        await notifier.close()
    }

    private static let repeats: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        let receiver = try await $0.receiver($1)
        let notifier = try Notifiers.make($0.settings(receiver.port, $1, 10), NotifierBed.surroundings)
        let id = AlertDeliveryID.random()
        for attempt in 1...2 { try await notifier.send(Notices.notice(id: id, attempt: attempt)) }
        try await notifier.send(Notices.notice([Notices.alert(number: 2)]))
        let all = try await receiver.wait(for: $0.swallowsRepetitions ? 2 : 3)
        #expect(all.count == ($0.swallowsRepetitions ? 2 : 3))
        #expect(Set(all.map(\.id)).count == 2)
        #expect(!all.contains { $0.id.isEmpty })
        await notifier.close()
    }

    private static let hostile: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        let receiver = try await $0.receiver($1)
        let notifier = try Notifiers.make($0.settings(receiver.port, $1, 10), NotifierBed.surroundings)
        for (index, hostile) in Notices.hostileTexts.enumerated() {
            var notice = Notices.hostile(hostile.text)
            let number = Notices.alert(number: index + 10)
            notice.alerts[0].alert.id = number.id
            notice.alerts[0].labels["number"] = "\(index)"
            try await notifier.send(notice)
            let all = try await receiver.wait(for: index + 1)
            #expect(all.count == index + 1, "\(hostile.name)")
            #expect(all.last?.problem == nil, "\(hostile.name)")
            let isClean = all.last?.text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t"
            }
            #expect(isClean == true, "\(hostile.name)")
        }
        await notifier.close()
    }

    private static let many: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        let receiver = try await $0.receiver($1)
        let notifier = try Notifiers.make($0.settings(receiver.port, $1, 10), NotifierBed.surroundings)
        let alerts = (0..<120).map { Notices.alert("Interface \($0) down on CORE-SW-03", number: $0) }
        try await notifier.send(Notices.notice(alerts, alertCount: 5000))
        let all = try await receiver.wait(for: 1)
        #expect(all.compactMap(\.problem) == [])
        await notifier.close()
    }

    private static let refuses: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = { bed, certificate in
        let notifier = try Notifiers.make(
            bed.settings(try PeerProcess.freePort(), certificate, 5), NotifierBed.surroundings)
        let error = await failure(notifier)
        #expect(error?.isLasting == false)
        #expect(error?.reason.contains("refused") == true, "\(error?.reason ?? "")")
        #expect(bed.secrets.allSatisfy { error?.reason.contains($0) == false })
        await notifier.close()
    }

    /// Modes of `fault_peer.py`, and whether a receiver that answers counts the notice as taken.
    private static let faults = ["silent", "close", "reset", "garbage", "trickle", "endless", "endless_head", "cut"]

    private static let misbehaves: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        bed, certificate in
        guard bed.isConnected else { return }
        for mode in faults {
            let peer = try PeerProcess("fault")
            let port = try await peer.startPython("fault_peer.py", [mode])
            let notifier = try Notifiers.make(bed.settings(port, certificate, 0.2), NotifierBed.surroundings)
            let began = ContinuousClock.now
            let error = await failure(notifier)
            #expect(ContinuousClock.now - began < .seconds(8), "\(mode)")
            if bed.isAnswered || bed.needsCertificate {
                #expect(error != nil, "\(mode)")
                #expect(error?.isLasting == false, "\(mode): \(error?.reason ?? "")")
                #expect(bed.secrets.allSatisfy { error?.reason.contains($0) == false }, "\(mode)")
            }
            await notifier.close()
            peer.stop()
        }
    }

    private static let cancels: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = { bed, certificate in
        guard bed.isConnected, bed.isAnswered || bed.needsCertificate else { return }
        let peer = try PeerProcess("fault")
        let port = try await peer.startPython("fault_peer.py", ["silent"])
        let notifier = try Notifiers.make(bed.settings(port, certificate, 60), NotifierBed.surroundings)
        let sending = Task { await failure(notifier) }
        _ = try await peer.wait(for: "connection") { peer.output.contains("connection") ? true : nil }
        let began = ContinuousClock.now
        sending.cancel()
        #expect(await sending.value?.isLasting == false)
        #expect(ContinuousClock.now - began < .seconds(5))
        await notifier.close()
    }

    private static let keepsSecrets: @Sendable (NotifierBed, TestCertificate?) async throws -> Void = {
        bed, certificate in
        let settings = bed.settings(9, certificate, 1)
        let notifier = try Notifiers.make(settings, NotifierBed.surroundings)
        var shown = "\(settings) \(notifier)"
        dump(settings, to: &shown)
        dump(notifier, to: &shown)
        for secret in bed.secrets { #expect(!shown.contains(secret)) }
        await notifier.close()
    }

    /// Why a notice was not taken; nil where it was.
    static func failure(_ notifier: any Notifier, _ notice: AlertNotice = Notices.notice()) async -> NotifierError? {
        do throws(NotifierError) {
            try await notifier.send(notice)
            return nil
        } catch {
            return error
        }
    }
}

@Suite(.serialized, .enabled(if: NotifierBed.areInstalled || NotifierBed.isRequired))
struct NotifierContractTests {
    @Test(arguments: NotifierBed.all, NotifierContract.all)
    func keepsTheContract(_ bed: NotifierBed, _ contract: NotifierContract) async throws {
        try #require(NotifierBed.areInstalled, "the peers of the tests are not installed")
        try await contract.run(bed, bed.needsCertificate ? await TestCertificate() : nil)
    }
}
