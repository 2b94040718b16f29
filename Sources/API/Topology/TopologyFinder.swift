import Inventory
import Listing
import Topology

/// Finds what parameters of a query name in a graph: devices by id or name, cables by id.
struct TopologyFinder: Sendable {
    let snapshot: TopologySnapshot
    private static let nameMax = 255
    /// Devices among which a name that was meant is looked for.
    private static let hintedMax = 20_000

    /// What a device is named by.
    static let deviceSchema: JSONValue = [
        "type": "string", "minLength": 1, "maxLength": .integer(Int64(nameMax)), "pattern": .string(Schema.noNUL),
    ]

    /// The device that a parameter names; nil where it is absent.
    func device(_ name: String, _ call: Call) throws(Problem) -> DeviceID? {
        guard let text = call.value(name) else { return nil }
        guard (1...Self.nameMax).contains(text.unicodeScalars.count) else {
            let detail = "give the id or the name of a device, 1 to \(Self.nameMax) characters"
            throw .badQuery([ProblemError(field: name, value: text, detail: detail)])
        }
        if text.utf8.count == 36, let id = DeviceID(text), snapshot.node(id) != nil { return id }
        let place = Self.place(of: text, among: snapshot.graph.nodes.lazy.map(\.name))
        if let place { return snapshot.graph.nodes[place].id }
        throw Self.unknownDevice(name, text, among: snapshot.graph.nodes.map(\.name))
    }

    /// The cable that a parameter names by its id; nil where it is absent.
    func link(_ name: String, _ call: Call) throws(Problem) -> LinkRecordID? {
        guard let text = call.value(name) else { return nil }
        guard text.utf8.count == 36, let id = LinkRecordID(text) else {
            let detail = "give the id of an edge, a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e"
            throw .badQuery([ProblemError(field: name, value: text, detail: detail)])
        }
        guard snapshot.edge(id) != nil else {
            throw Self.refusal(
                name, text, "no cable has this id now",
                remedy: "GET /api/v1/topology shows the edges with their ids.")
        }
        return id
    }

    /// Which of some names is meant: the same one, else the only one that differs in case alone.
    static func place(of text: String, among names: some Sequence<String>) -> Int? {
        let wanted = text.lowercased()
        var similar: [Int] = []
        for (place, name) in names.enumerated() {
            if name == text { return place }
            if name.utf8.count == wanted.utf8.count, name.lowercased() == wanted { similar.append(place) }
        }
        return similar.count == 1 ? similar.first : nil
    }

    /// A name that no device has.
    static func unknownDevice(_ field: String, _ text: String, among names: some Collection<String>) -> Problem {
        let near = names.count > hintedMax ? nil : NearestName.of(text, among: names)
        let hint = near.map { "; did you mean '\($0)'?" } ?? ""
        return refusal(
            field, text, "no device has the id or name '\(shown(text))'\(hint)",
            remedy: "GET /api/v1/devices shows the devices with their ids.")
    }

    /// A value that can be read and means nothing that is there.
    static func refusal(_ field: String, _ value: String?, _ detail: String, remedy: String) -> Problem {
        .refused(
            "\(field): \(detail)", remedy: remedy,
            errors: [ProblemError(field: field, value: value, detail: detail)])
    }

    /// An id that no interface has.
    static func noInterface(_ id: InterfaceID) -> Problem {
        refusal(
            "interface_id", id.description, "no interface has this id",
            remedy: "GET /api/v1/interfaces/list shows the interfaces with their ids.")
    }

    private static func shown(_ text: String) -> String {
        text.unicodeScalars.count > 100 ? String(text.unicodeScalars.prefix(100)) + "…" : text
    }
}
