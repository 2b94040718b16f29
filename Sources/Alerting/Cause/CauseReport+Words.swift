public import Inventory

extension CauseReport {
    /// A finding in words.
    public struct Words: Sendable, Hashable {
        /// The first failure on the way, where others explain it: a device, an interface, or `network`; nil for a root.
        public var cause: AlertEntity?
        /// Its name: of a device, or of a device and its port; nil for a root.
        public var causeName: String?
        /// Names of the devices on the way from the poller's place to it, both ends included; what failed is among
        /// them.
        ///
        /// Where no way is known, what failed and the device itself.
        public var path: [String]
        /// Why, in one sentence.
        public var reason: String
    }

    /// Why something is a failure of its own, or what explains it; nil where it is neither silent nor down.
    public func words(of entity: AlertEntity) -> Words? {
        guard let finding = places.place(of: entity, graph).map({ findings[$0] }) else { return nil }
        let node = entity.deviceID.flatMap { graph.nodes[$0] }
        let way = node.map(graph.way.nodes) ?? []
        let path = way.map { graph.devices[$0].name }
        switch finding.verdict {
        case .root: return Words(path: path, reason: reason(finding, node))
        case .waiting(let until):
            return Words(path: path, reason: "What lies before \(name(of: entity)) is being asked, until \(until).")
        case .explained(let causes):
            let first = causes.first { cause in isOn(way, cause) } ?? causes.first ?? CauseReport.network
            let shown = shownPath(path, way, to: entity, first)
            return Words(cause: first, causeName: name(of: first), path: shown, reason: explanation(finding, causes))
        }
    }

    /// The name of a device, of a device and its port, or of the network.
    public func name(of entity: AlertEntity) -> String {
        switch entity {
        case .device(let id): deviceName(id)
        case .interface(let id, let device): "\(deviceName(device)) \(deadPorts[id]?.name ?? "port")"
        case .system(let name): name
        }
    }

    private func deviceName(_ id: DeviceID) -> String { graph.nodes[id].map { graph.devices[$0].name } ?? "\(id)" }

    private func isOn(_ way: [Int], _ cause: AlertEntity) -> Bool {
        guard let node = cause.deviceID.flatMap({ graph.nodes[$0] }) else { return false }
        return way.contains(node)
    }

    private func shownPath(_ path: [String], _ way: [Int], to entity: AlertEntity, _ cause: AlertEntity) -> [String] {
        guard let device = cause.deviceID else { return path }
        if isOn(way, cause) { return path }
        // The far end of a dead port lies behind the port's own device.
        if case .interface = entity, !path.isEmpty { return path + [deviceName(device)] }
        return [deviceName(device)] + (path.last.map { [$0] } ?? [])
    }

    private func reason(_ finding: Finding, _ node: Int?) -> String {
        switch finding.ground {
        case .device(let ground): reason(ground, node)
        case .stranger(let wasHeard):
            wasHeard
                ? "It does not answer, and no cable to it is known."
                : "It has never answered, and no cable to it is known."
        case .port(let ground): reason(ground, finding.entity)
        case .explained, .waiting: "It is a failure of its own."
        }
    }

    private func reason(_ ground: DeviceJudgement.Ground, _ node: Int?) -> String {
        let name = node.map { graph.devices[$0].name } ?? "It"
        switch ground {
        case .neighbourWorks(let end):
            return "\(name) does not answer, while \(nodeName(end ^ 1)) next to it does."
        case .portDown(let end):
            let port = graph.end(end ^ 1).port.map { " \($0)" } ?? ""
            return "\(name) does not answer, and \(nodeName(end ^ 1)) sees its port\(port) to it down."
        case .placeAlone: return "\(name) does not answer, while devices behind it do."
        case .untold: return "\(name) does not answer; whether all before it works could not be told in time."
        case .unexplained: return "\(name) does not answer, and no failure is known that cuts it off."
        case .neverHeard: return "\(name) has never answered."
        }
    }

    private func nodeName(_ end: Int) -> String { graph.devices[graph.wires.node(end)].name }

    private func reason(_ ground: PortJudgement.Ground, _ entity: AlertEntity) -> String {
        let name = name(of: entity)
        switch ground {
        case .farEndUnknown: return "\(name) is down; what is at its far end is not known."
        case .farEndWorks(let node): return "\(name) is down, while \(graph.devices[node].name) at its far end answers."
        case .farEndUntold(let node):
            return "\(name) is down; whether \(graph.devices[node].name) at its far end works could not be told."
        case .sameCable, .follows, .waiting: return "\(name) is down."
        }
    }

    private func explanation(_ finding: Finding, _ causes: [AlertEntity]) -> String {
        let name = name(of: finding.entity)
        if causes == [CauseReport.network] { return "Nothing answers any more, so nothing can be told of \(name)." }
        let failed = list(causes)
        guard case .port(let ground) = finding.ground else {
            return "Every known way to \(name) leads over \(failed)."
        }
        if case .sameCable = ground { return "\(name) is another end or member of \(failed)." }
        guard case .follows(let node) = ground, node >= 0 else {
            return "\(name) belongs to a device that does not answer."
        }
        let device = graph.devices[node]
        let place = device.id == finding.entity.deviceID ? "Its device \(device.name)" : "\(device.name) at its far end"
        if causes == [.device(device.id)] { return "\(place) does not answer." }
        return "\(place) does not answer, and every known way to that leads over \(failed)."
    }

    /// `A, which does not answer`, `A or B, which have failed`; at most three are named.
    private func list(_ causes: [AlertEntity]) -> String {
        let names = causes.prefix(3).map(name(of:))
        let more = causes.count - names.count
        let joined = more > 0 ? names.joined(separator: ", ") + " or \(more) more" : names.joined(separator: " or ")
        guard causes.count == 1, case .device = causes[0] else {
            return joined + (causes.count == 1 ? ", which is down" : ", which have failed")
        }
        return joined + ", which does not answer"
    }
}
