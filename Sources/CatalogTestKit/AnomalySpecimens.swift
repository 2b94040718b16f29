import Catalog
import Inventory

/// A catalog with two devices of three interfaces each, for checks of baselines and anomalies.
struct AnomalyScene {
    let catalog: any Catalog
    let devices: [Device]
    /// Those of the first device, then those of the second.
    let interfaces: [Interface]

    init(_ catalog: any Catalog) async throws {
        let devices = [Specimens.device("a"), Specimens.device("b", "192.0.2.2")]
        let all = devices.flatMap { device in (1...3).map { Specimens.interface(of: device, $0) } }
        try await catalog.add(devices[0], devices[1])
        for device in devices {
            try await catalog.revise(device) { $0.inserted = all.filter { $0.deviceID == device.id } }
        }
        (self.catalog, self.devices, interfaces) = (catalog, devices, all)
    }

    /// An interface that the catalog does not know.
    var stranger: Interface {
        Specimens.interface(of: devices[0], 99)
    }

    /// Removes an interface.
    func retire(_ interface: Interface) async throws {
        let device = devices[devices[0].id == interface.deviceID ? 0 : 1]
        try await catalog.revise(device) { $0.retired = [interface.id] }
    }
}

extension Specimens {
    /// So many seconds after noon.
    static func time(_ seconds: Double) -> Timestamp {
        noon.advanced(bySeconds: seconds)
    }

    /// A baseline whose numbers follow from a seed.
    static func baseline(
        _ interface: Interface, hour: Int = 0, day: Int = 0, seed: Double = 1, samples: Int = 24
    ) -> Baseline {
        func figures(_ mean: Double, _ count: Int) -> BaselineFigures {
            BaselineFigures(
                average: mean, standardDeviation: mean / 3, minimum: mean / 7, maximum: mean * 1.1, sampleCount: count)
        }
        return Baseline(
            interfaceID: interface.id, hourOfDay: hour, dayOfWeek: day, inbound: figures(seed / 3, samples),
            outbound: figures(seed * 7, samples + 1), lastUpdated: time(seed))
    }

    /// All hours of the week of an interface, ordered by day, then hour.
    static func week(_ interface: Interface, seed: Double = 1) -> [Baseline] {
        (0..<168).map { baseline(interface, hour: $0 % 24, day: $0 / 24, seed: seed + Double($0)) }
    }

    /// An anomaly that began so many seconds after noon, and is over after as many more; nil is not over.
    static func anomaly(_ interface: Interface, at start: Double = 0, lasting seconds: Double? = nil) -> Anomaly {
        var anomaly = Anomaly(
            interfaceID: interface.id, side: TrafficSide(.inbound, .traffic), mode: .adaptive, at: time(start))
        anomaly.endedAt = seconds.map { time(start + $0) }
        return anomaly
    }

    /// An anomaly with every field filled, each with a value of its own, some with what breaks naive storage.
    static func fullAnomaly(_ interface: Interface) -> Anomaly {
        var anomaly = anomaly(interface, at: -1)
        anomaly.side = TrafficSide(.outbound, .packets)
        anomaly.mode = .classic
        (anomaly.kind, anomaly.pattern) = (.trafficDrop, .levelShift)
        (anomaly.severity, anomaly.state) = (.critical, .heldBack)
        (anomaly.lastAt, anomaly.peakAt, anomaly.endedAt) = (time(0.001), time(0.002), time(0.003))
        (anomaly.score, anomaly.actual, anomaly.expected) = (-0.1 - 0.2, 8.5e8, 3.2e-9)
        (anomaly.low, anomaly.high, anomaly.confidence) = (-4.5, 4e11, 1.0 / 3)
        anomaly.message = "Traffic drop detected: 'x' \"y\" <b>\u{0}\n\\ მაგთი 🛰 320 ± 80 Mbps; DROP TABLE anomalies"
        anomaly.explanation.duration = .twentyFourSamples
        anomaly.explanation.sameHourLastWeeks = [3.1e8, nil, 0.1 + 0.2, nil]
        anomaly.explanation.visits = 14
        anomaly.explanation.confidenceWord = "building"
        anomaly.explanation.offsetFactor = 1.0 / 7
        anomaly.explanation.other = OtherVerdict(mode: .adaptive, score: -6.02, isAnomaly: true)
        (anomaly.explanation.peerActual, anomaly.explanation.peerExpected) = (1e-300, 12)
        anomaly.explanation.operStatus = 2
        anomaly.explanation.errorPercent = 0.25
        anomaly.explanation.discardPercent = 1.5
        anomaly.explanation.lineSpeed = 1e9
        anomaly.explanation.timeContext = "Monday 14:00"
        anomaly.explanation.sentences = ["", "\"quoted\" \\ back", String(repeating: "ø", count: 70_000)]
        return anomaly
    }

    /// An incident of some anomalies, which began with the first of them.
    static func incident(_ members: [Anomaly], at start: Double = 0, lasting seconds: Double? = nil) -> Incident {
        var incident = Incident(scope: .device, at: time(start))
        incident.anomalyIDs = members.map(\.id)
        incident.endedAt = seconds.map { time(start + $0) }
        return incident
    }

    /// An incident with every field filled.
    static func fullIncident(_ members: [Anomaly], of device: Device) -> Incident {
        var incident = incident(members, at: -1, lasting: 90)
        incident.scope = .common
        (incident.deviceID, incident.site) = (device.id, "Tbilisi 'x' თბილისი")
        incident.title = "Traffic drop on 14 interfaces of \"CORE-SW-01\"\u{1}"
        (incident.severity, incident.state) = (.high, .muted)
        incident.lastStartedAt = time(0.001)
        incident.evidence = ["", "ifOperStatus went down\n", "errors 3 %"]
        return incident
    }
}
