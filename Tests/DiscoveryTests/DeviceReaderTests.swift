import Discovery
import SNMP
import Testing

@Suite("Reading a device over the network")
struct DeviceReaderTests {
    @Test("The request asks every scalar and column, in the order in which the answer is read")
    func asks() {
        #expect(TableAnswer.request.scalars.map(\.description) == SystemScalar.allCases.map(\.dotted))
        #expect(TableAnswer.request.columns.map(\.description) == InterfaceColumn.allCases.map(\.dotted))
        #expect(TableAnswer.request.columns.first == "1.3.6.1.2.1.2.2.1.1")
        #expect(TableAnswer.request.columns.last == "1.3.6.1.2.1.10.7.2.1.19")
    }

    @Test("A device that does not answer is unreachable, and the message says what to check")
    func reportsSilence() async throws {
        let engine = try Engine()
        defer { engine.shutdown() }
        var target = Target(TransportAddress(127, 0, 0, 1, port: 9), .v2c(community: Community("s3cret")))
        target.timeoutMilliseconds = 20
        target.retries = 0
        do {
            _ = try await DeviceReader(target, engine: engine).read()
            Issue.record("a closed port answered")
        } catch {
            let failure = DeviceFailure(error)
            #expect(failure.kind == .unreachable)
            #expect(failure.message.contains("127.0.0.1") && failure.message.contains("check"))
            #expect(!failure.message.contains("s3cret"))
        }
    }
}
