import Inventory
import Jobs
@testable import Pipelines
import Series
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct InterfaceSummariesTests {
    @Test("Every interface has a summary of its last 24 hours, also one without readings")
    func summaries() async throws {
        let scene = Scene(Scene.devices(1))
        let device = try #require(scene.catalog.allDevices.first)
        let series = ScriptedSeries()
        let now = scene.clock.now
        let rows = (1...3).map { index in
            var facts = InterfaceFacts(ifIndex: Int64(index))
            facts.ifSpeed = index == 3 ? nil : 10_000_000
            return Interface(deviceID: device.id, facts: facts, at: now)
        }
        scene.catalog.state.withLock { state in for row in rows { state.live[row.id] = row } }
        // 1 Mbit/s in, 2 Mbit/s out, from 25 hours ago; and one interface the catalog does not know.
        for id in [rows[0].id, .random()] {
            let readings = (0...300).map { turn in
                var reading = CounterReading(at: now.advanced(bySeconds: Double(turn - 300) * 300 - 1))
                reading.ifSpeed = 10_000_000
                reading.sysUpTime = UInt32(1_000_000 + turn * 30_000)
                for kind in CounterKind.allCases { reading[kind] = 0 }
                reading[.inOctets] = UInt64(turn) * 300 * 125_000
                reading[.outOctets] = UInt64(turn) * 300 * 250_000
                return SeriesReading(id, reading)
            }
            _ = try await series.append(readings)
        }
        let context = scene.context(PipelineJobs.summarise)
        let outcome = try await InterfaceSummaries(catalog: scene.catalog, series: series).run(context)
        #expect(outcome.message == "Updated summaries of 3 interfaces in 0.000 seconds")
        #expect(scene.log.recorded.last == "info Updated summaries of 3 interfaces in 0.000 seconds")
        let saved = scene.catalog.state.withLock { $0.summaries }
        #expect(Set(saved.keys) == Set(rows.map(\.id)))
        let busy = try #require(saved[rows[0].id])
        #expect(abs(busy.avgInMbps - 1) < 1e-9 && abs(busy.maxOutMbps - 2) < 1e-9 && busy.sampleCount == 288)
        #expect(abs((busy.utilizationPercent ?? 0) - 20) < 1e-6)
        #expect(busy.windowEnd == now && busy.windowStart == now.advanced(bySeconds: -86_400))
        #expect(saved[rows[1].id]?.sampleCount == 0 && saved[rows[1].id]?.utilizationPercent == 0)
        #expect(saved[rows[2].id]?.utilizationPercent == nil && saved[rows[2].id]?.totalInGB == 0)
    }
}
