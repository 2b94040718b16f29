import Inventory

/// Which anomalies are one story.
///
/// Two belong together whose starts lie at most `chainSeconds` apart and which are on one interface, on both ends of a
/// link, or on one device. So do crowds: interfaces that move the same way, all beginning within `chainSeconds`, that
/// lead to one device, are of one site, or are anywhere, if they are `crowdMinimum` at least and more than the share of
/// the site or of all. What belongs together with the same belongs together.
///
/// The answer depends on nothing but the set of anomalies, so that it is the same in whatever order or however many
/// checks they arrive.
struct IncidentGrouping {
    let settings: IncidentSettings
    let census: InterfaceCensus

    /// The partition of members, which are ordered by start, then id; sets hold places in that order.
    ///
    /// - Parameter already: which incident a member is of; those of one incident stay together.
    func sets(of members: [IncidentMember], already: (IncidentMember) -> IncidentID?) -> [[Int]] {
        var sets = DisjointSets(count: members.count)
        var firstOfIncident: [IncidentID: Int] = [:]
        for (number, member) in members.enumerated() {
            guard let incident = already(member) else { continue }
            sets.join(number, firstOfIncident[incident] ?? number)
            firstOfIncident[incident] = firstOfIncident[incident] ?? number
        }
        joinInterfaces(members, &sets)
        for places in Self.grouped(members, by: { $0.place.deviceID }).values { joinRuns(places, members, &sets) }
        joinCrowds(members, &sets)
        return sets.sets()
    }

    /// Sides of one interface, and both ends of a link.
    private func joinInterfaces(_ members: [IncidentMember], _ sets: inout DisjointSets) {
        let byInterface = Self.grouped(members) { $0.place.interfaceID }
        for places in byInterface.values { joinRuns(places, members, &sets) }
        for (number, member) in members.enumerated() {
            for other in member.place.peer.flatMap({ byInterface[$0] }) ?? [] where isChained(members, number, other) {
                sets.join(number, other)
            }
        }
    }

    /// Same ways at a device that is led to, a site, or everywhere.
    private func joinCrowds(_ members: [IncidentMember], _ sets: inout DisjointSets) {
        let falls = members.indices.filter { members[$0].isFall }
        let rises = members.indices.filter { !members[$0].isFall }
        for way in [falls, rises] {
            for places in Self.grouped(way, by: { members[$0].place.peerDevice }).values {
                joinCrowd(places, members, &sets, needed: settings.crowdMinimum)
            }
            for (site, places) in Self.grouped(way, by: { members[$0].place.site }) {
                guard let count = census.bySite[site], count > 0 else { continue }
                joinCrowd(places, members, &sets, needed: needed(settings.siteShare, of: count))
            }
            guard census.total > 0 else { continue }
            joinCrowd(way, members, &sets, needed: needed(settings.commonShare, of: census.total))
        }
    }

    /// The fewest interfaces that are a crowd among so many.
    private func needed(_ share: Double, of count: Int) -> Int {
        max(settings.crowdMinimum, Int(min(1e9, (share * Double(count)).rounded(.down))) + 1)
    }

    /// Joins those that begin within one chain of time if they are of enough interfaces.
    private func joinCrowd(
        _ places: [Int], _ members: [IncidentMember], _ sets: inout DisjointSets, needed: Int
    ) {
        var counts: [InterfaceID: Int] = [:]
        var (first, joined) = (0, 0)
        for (last, place) in places.enumerated() {
            counts[members[place].place.interfaceID, default: 0] += 1
            while !isChained(members, places[first], place) {
                let interface = members[places[first]].place.interfaceID
                counts[interface] = (counts[interface] ?? 1) - 1
                if counts[interface] == 0 { counts[interface] = nil }
                first += 1
            }
            guard counts.count >= needed else { continue }
            for next in max(first, joined)..<last { sets.join(places[next], places[next + 1]) }
            joined = last
        }
    }

    /// Joins each with the one before where they are chained.
    private func joinRuns(_ places: [Int], _ members: [IncidentMember], _ sets: inout DisjointSets) {
        for (earlier, later) in zip(places, places.dropFirst()) where isChained(members, earlier, later) {
            sets.join(earlier, later)
        }
    }

    private func isChained(_ members: [IncidentMember], _ left: Int, _ right: Int) -> Bool {
        let seconds = members[right].anomaly.startedAt.secondsSince(members[left].anomaly.startedAt)
        return abs(seconds) <= Double(settings.chainSeconds)
    }

    private static func grouped<Key: Hashable>(
        _ members: [IncidentMember], by key: (IncidentMember) -> Key?
    ) -> [Key: [Int]] {
        grouped(Array(members.indices)) { key(members[$0]) }
    }

    private static func grouped<Key: Hashable>(_ places: [Int], by key: (Int) -> Key?) -> [Key: [Int]] {
        var groups: [Key: [Int]] = [:]
        for place in places {
            if let key = key(place) { groups[key, default: []].append(place) }
        }
        return groups
    }
}
