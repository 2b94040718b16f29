import Inventory

/// What else was seen while anomalies lasted, a sentence each: for the reader, no part of a score.
struct IncidentEvidence {
    /// Errors or discards above this share of packets are worth a word, percent: 10^-4 of them.
    static let notableErrorPercent = 0.01
    /// Traffic above this share of line speed is worth a word.
    static let notableUtilisation = 0.8
    /// Names that are listed before the rest is counted.
    static let namesListed = 3

    /// The members, in the order in which they began.
    let members: [IncidentMember]

    /// All there is to say; empty where nothing was seen.
    var sentences: [String] {
        let direction = directions
        return [status, errors, discards].compactMap { $0 } + packetSizes + [direction, utilisation].compactMap { $0 }
    }

    /// `Reported down: Gi0/1 of A, Gi0/2 of A`; where none is, but all were asked, that they are up.
    private var status: String? {
        let asked = members.filter { $0.anomaly.explanation.operStatus != nil }
        let down = asked.filter { OperStatusText.isDown($0.anomaly.explanation.operStatus ?? 1) }
        if !down.isEmpty { return "Reported down: \(Self.names(of: down))" }
        let isAllUp = asked.allSatisfy { $0.anomaly.explanation.operStatus == 1 }
        guard isAllUp, asked.count == members.count, members.contains(where: \.isFall) else { return nil }
        let count = Set(members.map(\.place.interfaceID)).count
        return count == 1 ? "The interface was reported up" : "All \(count) interfaces were reported up"
    }

    private var errors: String? {
        notable("Errors") { $0.errorPercent }
    }

    private var discards: String? {
        notable("Discards") { $0.discardPercent }
    }

    /// `Errors on Gi0/1 of A: up to 1.2 % of packets`.
    private func notable(_ what: String, _ percent: (AnomalyExplanation) -> Double?) -> String? {
        let found = members.filter { (percent($0.anomaly.explanation) ?? 0) > Self.notableErrorPercent }
        guard let most = found.compactMap({ percent($0.anomaly.explanation) }).max() else { return nil }
        return "\(what) on \(Self.names(of: found)): up to \(NumberText.percent(most / 100)) of packets"
    }

    /// `Received packets on Gi0/1 of A: 90 octets on average instead of 740`, where it is twice or half of the usual.
    private var packetSizes: [String] {
        let traffic = members.filter { $0.anomaly.side.measure == .traffic }
        let packets = Dictionary(
            members.filter { $0.anomaly.side.measure == .packets }
                .map { (InterfaceWay($0), $0.anomaly) }, uniquingKeysWith: { first, _ in first })
        let sizes = traffic.compactMap { member in
            packets[InterfaceWay(member)].flatMap { Self.packetSize(member, packets: $0) }
        }
        return Array(sizes.prefix(Self.namesListed))
    }

    private static func packetSize(_ member: IncidentMember, packets: Anomaly) -> String? {
        let traffic = member.anomaly
        guard abs(traffic.peakAt.secondsSince(packets.peakAt)) <= 900, packets.actual > 0, packets.expected > 0 else {
            return nil
        }
        let (now, usual) = (traffic.actual / 8 / packets.actual, traffic.expected / 8 / packets.expected)
        let ratio = now / usual
        guard usual > 0, ratio.isFinite, ratio >= 2 || ratio <= 0.5, now <= 65_535, usual <= 65_535 else { return nil }
        let way = traffic.side.direction == .inbound ? "Received" : "Sent"
        let sizes = "\(NumberText.decimals(now, 0)) octets on average instead of \(NumberText.decimals(usual, 0))"
        return "\(way) packets on \(name(of: member.place)): \(sizes)"
    }

    /// `Both directions fell on 5 of 7 interfaces`.
    private var directions: String? {
        let traffic = Dictionary(grouping: members.filter { $0.anomaly.side.measure == .traffic }) {
            $0.place.interfaceID
        }
        let both = traffic.values.filter { Set($0.map(\.anomaly.side.direction)).count == 2 }
        guard !both.isEmpty else { return oneDirection(traffic.values.map { $0 }) }
        let falls = both.filter { $0.allSatisfy(\.isFall) }.count
        let rises = both.filter { !$0.contains(where: \.isFall) }.count
        let verb = falls == both.count ? "fell" : rises == both.count ? "rose" : "changed"
        return traffic.count == 1
            ? "Both directions \(verb)" : "Both directions \(verb) on \(both.count) of \(traffic.count) interfaces"
    }

    /// What the other direction of a single interface did.
    private func oneDirection(_ interfaces: [[IncidentMember]]) -> String? {
        guard interfaces.count == 1, let only = interfaces.first?.first?.anomaly,
            let actual = only.explanation.peerActual, let expected = only.explanation.peerExpected,
            case .stayed = Movement(from: expected, to: actual)
        else { return nil }
        return "The other direction was as usual: \(RateText.text(actual, .traffic))"
    }

    /// `Gi0/1 of A at 97 % of its 1 Gbps`.
    private var utilisation: String? {
        let shares = members.compactMap { member -> (member: IncidentMember, share: Double)? in
            guard member.anomaly.side.measure == .traffic, let speed = member.place.lineSpeed, speed > 0 else {
                return nil
            }
            let share = member.anomaly.actual / speed
            return share.isFinite && share >= Self.notableUtilisation ? (member, share) : nil
        }
        guard let most = shares.max(by: { $0.share < $1.share }), let speed = most.member.place.lineSpeed else {
            return nil
        }
        let others = Set(shares.map(\.member.place.interfaceID)).count - 1
        let rest = others == 0 ? "" : ", and \(others) more above \(NumberText.percent(Self.notableUtilisation))"
        let share = NumberText.percent(most.share)
        return "\(Self.name(of: most.member.place)) at \(share) of its \(RateText.text(speed, .traffic))\(rest)"
    }

    /// `Gi0/1 of CORE-SW-01`.
    static func name(of place: InterfacePlace) -> String {
        "\(LabelText.shown(place.interfaceName)) of \(LabelText.shown(place.deviceName))"
    }

    /// The first few interfaces by name, and how many more there are.
    private static func names(of members: [IncidentMember]) -> String {
        var seen: Set<InterfaceID> = []
        let places = members.map(\.place).filter { seen.insert($0.interfaceID).inserted }
        let listed = places.prefix(namesListed).map { name(of: $0) }.joined(separator: ", ")
        return places.count > namesListed ? "\(listed) and \(places.count - namesListed) more" : listed
    }
}

/// One direction of one interface.
private struct InterfaceWay: Hashable {
    let interface: InterfaceID
    let direction: TrafficDirection

    init(_ member: IncidentMember) {
        interface = member.place.interfaceID
        direction = member.anomaly.side.direction
    }
}
