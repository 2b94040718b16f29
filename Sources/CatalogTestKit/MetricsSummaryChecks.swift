import Catalog
import Inventory

extension CatalogContract {
    private static func summary(
        _ interface: Interface, _ change: (inout MetricsSummary) -> Void = { _ in }
    ) -> MetricsSummary {
        var summary = MetricsSummary(
            interfaceID: interface.id, windowStart: Specimens.noon.advanced(bySeconds: -86_400),
            windowEnd: Specimens.noon, updatedAt: Specimens.noon.advanced(bySeconds: 2))
        change(&summary)
        return summary
    }

    /// A summary with every field filled, each with a value of its own.
    private static func fullSummary(_ interface: Interface) -> MetricsSummary {
        summary(interface) { row in
            (row.avgInMbps, row.avgOutMbps, row.maxInMbps, row.maxOutMbps) = (0.1 + 0.2, 1e-9, 400_000, 3.5)
            (row.totalInGB, row.totalOutGB, row.avgErrorRate, row.maxErrorRate) = (4_320_000, 0.5, 0.001, 100)
            row.utilizationPercent = 104.5
            row.sampleCount = 8_640
        }
    }

    /// A device with some interfaces, ordered by id.
    private static func fill(_ catalog: any Catalog, _ count: Int) async throws -> (Device, [Interface]) {
        let device = Specimens.device("a")
        let interfaces = (1...count).map { Specimens.interface(of: device, Int64($0)) }.sorted { $0.id < $1.id }
        try await catalog.add(device)
        try await catalog.revise(device) { $0.inserted = interfaces }
        return (device, interfaces)
    }

    static let metricsSummaryChecks: [Check] = summaryRowChecks + summaryOrderChecks

    private static let summaryRowChecks: [Check] = [
        Check("a summary comes back as saved, and a later one of the interface replaces it") { catalog in
            let (_, interfaces) = try await fill(catalog, 2)
            let (plain, full) = (summary(interfaces[0]), fullSummary(interfaces[0]))
            try expectEqual(try await catalog.metricsSummary(of: interfaces[0].id), nil, "a summary never made")
            for saved in [full, plain] {
                try await catalog.saveMetricsSummaries([saved])
                try expectEqual(try await catalog.metricsSummary(of: interfaces[0].id), saved, "the summary")
            }
            try await catalog.saveMetricsSummaries([summary(interfaces[1]), plain, full])
            try expectEqual(try await catalog.metricsSummary(of: interfaces[0].id), full, "the last of two")
        },
        Check("summaries of unknown interfaces are left out, the others saved") { catalog in
            let (device, interfaces) = try await fill(catalog, 2)
            let stranger = fullSummary(Specimens.interface(of: device, 9))
            let known = interfaces.map { fullSummary($0) }
            try await catalog.saveMetricsSummaries([known[0], stranger, known[1]])
            try expectEqual(try await catalog.metricsSummaries(after: nil, limit: 10), known, "summaries")
            try expectEqual(try await catalog.metricsSummary(of: stranger.interfaceID), nil, "the unknown one's")
        },
        Check("a summary with a number that cannot be keeps all of its call out") { catalog in
            let (_, interfaces) = try await fill(catalog, 2)
            for wrong in [101, -1, Double.nan] {
                try await expectFailure(.invalidValue, "an error rate of \(wrong) percent") {
                    try await catalog.saveMetricsSummaries([
                        summary(interfaces[0]), summary(interfaces[1]) { $0.avgErrorRate = wrong },
                    ])
                }
            }
            try expectEqual(try await catalog.metricsSummaries(after: nil, limit: 10), [], "summaries")
        },
        Check("a summary goes with its interface") { catalog in
            let (device, interfaces) = try await fill(catalog, 2)
            try await catalog.saveMetricsSummaries(interfaces.map { fullSummary($0) })
            try await catalog.revise(device) { $0.retired = [interfaces[0].id] }
            let left = try await catalog.metricsSummaries(after: nil, limit: 10).map(\.interfaceID)
            try expectEqual(left, [interfaces[1].id], "interfaces with a summary")
        },
        Check("saving summaries does not move the revision of lists") { catalog in
            let (_, interfaces) = try await fill(catalog, 1)
            let before = try await catalog.revision()
            for _ in 1...2 { try await catalog.saveMetricsSummaries([fullSummary(interfaces[0])]) }
            try expectEqual(try await catalog.revision(), before, "revision")
        },
    ]

    private static let summaryOrderChecks: [Check] = [
        Check("all summaries are read in pieces, ordered by interface id") { catalog in
            let (_, interfaces) = try await fill(catalog, 7)
            try await catalog.saveMetricsSummaries(interfaces.reversed().map { summary($0) })
            var (found, after) = ([InterfaceID](), InterfaceID?.none)
            while true {
                let page = try await catalog.metricsSummaries(after: after, limit: 3)
                try expect(page.count <= 3, "a page holds at most its limit")
                guard let last = page.last else { break }
                found += page.map(\.interfaceID)
                after = last.interfaceID
            }
            try expectEqual(found, interfaces.map(\.id), "interfaces of the pages")
            try expectEqual(try await catalog.metricsSummaries(after: nil, limit: 0), [], "a page of nothing")
        },
        Check("the top by traffic is by in and out together, equal ones by interface id") { catalog in
            let (_, interfaces) = try await fill(catalog, 5)
            let traffic: [(Double, Double)] = [(1, 1), (9, 0), (2, 8), (0, 9), (0, 0)]
            try await catalog.saveMetricsSummaries(
                zip(interfaces, traffic).map { interface, rates in
                    summary(interface) { ($0.avgInMbps, $0.avgOutMbps) = rates }
                })
            let top = try await catalog.topMetricsSummaries(by: .traffic, limit: 4).map(\.interfaceID)
            try expectEqual(top, [2, 1, 3, 0].map { interfaces[$0].id }, "interfaces by traffic")
            try expectEqual(try await catalog.topMetricsSummaries(by: .traffic, limit: 0), [], "a top of nothing")
        },
        Check("the top by utilization leaves interfaces without a speed out") { catalog in
            let (_, interfaces) = try await fill(catalog, 4)
            let shares: [Double?] = [0, nil, 70, 0]
            try await catalog.saveMetricsSummaries(
                zip(interfaces, shares).map { interface, share in
                    summary(interface) {
                        $0.avgInMbps = 1_000
                        $0.utilizationPercent = share
                    }
                })
            let top = try await catalog.topMetricsSummaries(by: .utilization, limit: 10).map(\.interfaceID)
            try expectEqual(top, [2, 0, 3].map { interfaces[$0].id }, "interfaces by utilization")
        },
        Check("the top by errors is by the mean, then the worst interval") { catalog in
            let (_, interfaces) = try await fill(catalog, 4)
            let rates: [(Double, Double)] = [(0.5, 2), (0.5, 90), (3, 3), (0.5, 2)]
            try await catalog.saveMetricsSummaries(
                zip(interfaces, rates).map { interface, rates in
                    summary(interface) { ($0.avgErrorRate, $0.maxErrorRate) = rates }
                })
            let top = try await catalog.topMetricsSummaries(by: .errors, limit: 10).map(\.interfaceID)
            try expectEqual(top, [2, 1, 0, 3].map { interfaces[$0].id }, "interfaces by errors")
        },
    ]
}
