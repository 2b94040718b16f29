/// Devices at the far ends of dead ports, which are asked whether they or their cables failed.
///
/// Where such a device has another way, the network needs a while to take it: until then it does not answer though it
/// works. So it is asked some times over before it counts as silent.
enum FarEnds {
    /// When it is asked after its port died, as shares of the time a verdict waits.
    private static let shares = [0, 1.0 / 12, 1.0 / 3, 2.0 / 3]

    /// The last time it is asked: whoever does not answer then is silent.
    static func lastAsked(after since: Int64, _ evidence: CauseEvidence) -> Int64 {
        since + Int64(2.0 / 3 * Double(evidence.waitMilliseconds))
    }

    /// When it was to be asked last, and when it is again; nil where it is not any more.
    static func asked(after since: Int64, _ evidence: CauseEvidence) -> (last: Int64, next: Int64?) {
        let times = shares.map { since + Int64($0 * Double(evidence.waitMilliseconds)) }
        return (times.last { $0 <= evidence.now } ?? since, times.first { $0 > evidence.now })
    }
}

extension CauseEvidence {
    private static let rounds = 64

    /// Takes devices as silent to which a port is down, and which did not answer when they were asked since.
    mutating func presumeFarEnds(of ports: [DeadPortPlace], _ state: CauseState) {
        for _ in 0..<Self.rounds {
            let suspects = suspects(ports)
            guard !suspects.isEmpty else { return }
            let lit = LitDevices(self)
            var isAny = false
            for (node, since) in suspects where !isFallen(node) {
                // What has no other way left is cut off either way.
                guard !lit.isLit[node] || failed[node] > FarEnds.lastAsked(after: since, self) else { continue }
                presume(node, since: since, state)
                isAny = true
            }
            guard isAny else { return }
        }
    }

    /// Far ends that were not heard since their port died, and did not answer.
    private func suspects(_ ports: [DeadPortPlace]) -> [(node: Int, since: Int64)] {
        var found: [(node: Int, since: Int64)] = []
        for port in ports where !isFallen(port.owner) {
            for end in port.ends where !isCut(end) {
                let far = graph.wires.node(end ^ 1)
                guard !isFallen(far), !isDark(far), heard[far] <= port.since, failed[far] > port.since else { continue }
                found.append((far, port.since))
            }
        }
        return found
    }
}
