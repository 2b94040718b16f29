import FoundationEssentials
import Inventory

/// Figures that are dear to compute, kept for a while for all servers of a cluster; without it each computes its own.
///
/// What is kept is a help and never the truth: what cannot be asked, read or kept is computed.
public struct SharedAnswers: Sendable {
    /// What is kept under a key; nil where nothing is, or it cannot be asked soon.
    public var value: @Sendable (_ key: String) async -> [UInt8]?
    /// Keeps octets under a key for some seconds.
    public var keep: @Sendable (_ value: [UInt8], _ key: String, _ seconds: Double) async -> Void

    /// Answers kept by two functions.
    public init(
        value: @escaping @Sendable (_ key: String) async -> [UInt8]?,
        keep: @escaping @Sendable (_ value: [UInt8], _ key: String, _ seconds: Double) async -> Void
    ) {
        self.value = value
        self.keep = keep
    }
}

/// Figures of some interfaces, as servers keep them for each other.
struct SharedFigures<Figures: Codable & Sendable>: Codable, Sendable {
    /// Whose they are, ascending: keys may be alike, these are compared.
    var ids: [InterfaceID]
    var at: Timestamp
    var figures: [InterfaceID: Figures]
}

extension SharedAnswers {
    /// Figures of exactly these interfaces that are not older than some seconds; nil where none are kept.
    func figures<Figures: Codable & Sendable>(
        _ name: String, of ids: [InterfaceID], at now: Timestamp, seconds: Double, as type: Figures.Type = Figures.self
    ) async -> SharedFigures<Figures>? {
        let ids = ids.sorted()
        guard let octets = await value(Self.key(name, ids)),
            let kept = try? JSONDecoder().decode(SharedFigures<Figures>.self, from: Data(octets)), kept.ids == ids,
            abs(now.secondsSince(kept.at)) < seconds
        else { return nil }
        return kept
    }

    /// Keeps figures that were just computed for some seconds.
    func keep<Figures: Codable & Sendable>(
        _ figures: [InterfaceID: Figures], _ name: String, of ids: [InterfaceID], at now: Timestamp, seconds: Double
    ) async {
        let ids = ids.sorted()
        let kept = SharedFigures(ids: ids, at: now, figures: figures)
        guard let octets = try? JSONEncoder().encode(kept) else { return }
        await keep(Array(octets), Self.key(name, ids), seconds)
    }

    /// The name with how many interfaces there are, and the first and the last: mostly another one for others.
    private static func key(_ name: String, _ ids: [InterfaceID]) -> String {
        let ends = [ids.first, ids.last].compactMap { $0?.description }.joined(separator: ":")
        return "\(name):\(ids.count):\(ends)"
    }
}
