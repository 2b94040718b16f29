import Baselines
import Glibc
import Inventory

/// A network whose failures touch many ports at once, and how many anomalies become one incident.
///
/// Six sites of four devices with eight ports each, every port one end of a link; what one end sends the other
/// receives, in octets and in packets. A week brings failures of links, devices and sites, and events of single links.
struct IncidentTrial {
    var kind: LinkKind
    var seed: UInt64
    var weeks = 10
    var warmWeeks = 4

    private static let sites = 6
    private static let devicesPerSite = 4
    private static let portsPerDevice = 8

    /// Two ports and what goes from the first to the second, and back.
    private struct Link {
        var ends: (Int, Int)
        var forth: TrafficSeries
        var back: TrafficSeries
    }

    var result: JSONLine {
        var random = SeededRandom(seed: seed, stream: 1_000_000)
        let places = Self.places(&random)
        var links = links(places.count, &random)
        let events = fail(&links, &random)
        let found = anomalies(links, places)
        var book = IncidentBook()
        let census = InterfaceCensus(places)
        var incidents: Set<IncidentID> = []
        let checks = Dictionary(grouping: found) { $0.anomaly.startedAt.seconds / 300 }
        for check in checks.keys.sorted() {
            let now = Timestamp(seconds: (check + 1) * 300)
            let changes = book.take(checks[check] ?? [], census: census, actions: OperatorActions(), at: now)
            for incident in changes.incidents { incidents.insert(incident.id) }
        }
        var line = JSONLine()
        line.add("interfaces", places.count)
        line.add("events", events)
        line.add("anomalies", found.count)
        line.add("incidents", incidents.count)
        line.add("anomalies_per_incident", Double(found.count) / Double(max(1, incidents.count)))
        return line
    }

    private static func places(_ random: inout SeededRandom) -> [InterfacePlace] {
        (0..<sites).flatMap { site in
            (0..<devicesPerSite).flatMap { number in
                let device = DeviceID.random(using: &random)
                return (0..<portsPerDevice).map { port in
                    var place = InterfacePlace(
                        interfaceID: InterfaceID.random(using: &random), interfaceName: "port\(port)",
                        interfaceType: .trunk, deviceID: device, deviceName: "s\(site)-d\(number)")
                    place.tags = ["site:s\(site)"]
                    return place
                }
            }
        }
    }

    /// Ports in pairs: half of them stay in their site.
    private func links(_ count: Int, _ random: inout SeededRandom) -> [Link] {
        let half = count / 2
        return (0..<half).map { number in
            let made = MadeLink(kind, &random)
            let generator = TrafficGenerator(kind: kind, weeks: weeks)
            return Link(
                ends: (number, number + half), forth: generator.series("forth", made, &random),
                back: generator.series("back", made, &random))
        }
    }

    /// Puts failures into links; answers how many.
    private func fail(_ links: inout [Link], _ random: inout SeededRandom) -> Int {
        let perWeek = 168 * 3600 / kind.intervalSeconds
        var events = 0
        for week in warmWeeks..<weeks {
            let moment = { (random: inout SeededRandom) in week * perWeek + random.below(perWeek - 100) }
            for _ in 0..<8 {
                let touched = [random.below(links.count)]
                change(&links, touched, at: moment(&random), isOutage: random.happens(0.7), &random)
            }
            for _ in 0..<8 { load(&links, random.below(links.count), at: moment(&random), &random) }
            for _ in 0..<3 {
                let device = random.below(Self.sites * Self.devicesPerSite)
                let touched = links.indices.filter { touches(links[$0], device, Self.portsPerDevice) }
                change(&links, touched, at: moment(&random), isOutage: true, &random)
            }
            let site = random.below(Self.sites)
            let ports = Self.portsPerDevice * Self.devicesPerSite
            let touched = links.indices.filter { touches(links[$0], site, ports) }
            change(&links, touched, at: moment(&random), isOutage: random.happens(0.5), &random)
            events += 20
        }
        return events
    }

    private func touches(_ link: Link, _ group: Int, _ size: Int) -> Bool {
        link.ends.0 / size == group || link.ends.1 / size == group
    }

    /// Nothing, or less than half, both ways for 15 minutes to 2 hours.
    private func change(
        _ links: inout [Link], _ touched: [Int], at first: Int, isOutage: Bool, _ random: inout SeededRandom
    ) {
        let length = 3 + random.below(21)
        let share = isOutage ? 0 : random.between(0.25, 0.45)
        for link in touched {
            for index in first..<min(first + length, links[link].forth.rates.count) {
                links[link].forth.rates[index] *= share
                links[link].back.rates[index] *= share
            }
        }
    }

    /// Three times the traffic one way for half an hour to two hours.
    private func load(_ links: inout [Link], _ link: Int, at first: Int, _ random: inout SeededRandom) {
        let limit = links[link].forth.capacity ?? .infinity
        for index in first..<min(first + 6 + random.below(18), links[link].forth.rates.count) {
            links[link].forth.rates[index] = min(limit, 3 * links[link].forth.rates[index])
        }
    }

    /// Anomalies of all ports, octets and packets, in the order in which they began.
    private func anomalies(_ links: [Link], _ places: [InterfacePlace]) -> [IncidentMember] {
        let writer = AnomalyWriter(zone: .utc, intervalSeconds: kind.intervalSeconds)
        var members: [IncidentMember] = []
        for link in links {
            for (end, isFirst) in [(link.ends.0, true), (link.ends.1, false)] {
                var place = places[end]
                let other = places[isFirst ? link.ends.1 : link.ends.0]
                (place.peer, place.peerDevice) = (other.interfaceID, other.deviceID)
                let (inbound, outbound) = isFirst ? (link.back, link.forth) : (link.forth, link.back)
                members += found(inbound, outbound, place, writer)
            }
        }
        return members.sorted { $0.anomaly.startedAt < $1.anomaly.startedAt }
    }

    private func found(
        _ inbound: TrafficSeries, _ outbound: TrafficSeries, _ place: InterfacePlace, _ writer: AnomalyWriter
    ) -> [IncidentMember] {
        let detector = Detector(intervalSeconds: kind.intervalSeconds)
        var (state, findings) = (InterfaceState(), [SideFinding]())
        let from = inbound.moment(warmWeeks * inbound.perWeek)
        for index in inbound.rates.indices {
            let (one, other) = (inbound.rates[index], outbound.rates[index])
            let moment = inbound.moment(index)
            let sample = InterfaceSample(
                at: moment, rates: SIMD4(one, other, one / 6400, other / 6400), capacity: inbound.capacity)
            detector.step(&state, sample, SampleContext(place: inbound.clock.place(moment)), findings: &findings)
        }
        return findings.filter { $0.event == .start && $0.at >= from }.compactMap { finding in
            finding.episode.map { episode in
                let anomaly = writer.anomaly(
                    of: episode, side: finding.side, at: place, lastWeeks: [], existing: nil)
                return IncidentMember(anomaly, at: place)
            }
        }
    }
}
