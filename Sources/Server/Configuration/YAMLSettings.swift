import Listing
import Yams

/// Reads a configuration file: nested keys become one name with points, every key must be known.
enum YAMLSettings {
    /// The settings by name; throws all that is wrong with the file, with line and column.
    static func read(_ text: String, known: [String]) throws(ConfigurationError) -> [String: String] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationError([.init(key: "", detail: "the file is not YAML: \(error)")])
        }
        var reader = YAMLSettingsReader(known: known)
        if let root { reader.read(root, path: []) }
        guard reader.faults.isEmpty else { throw ConfigurationError(reader.faults) }
        return reader.settings
    }
}

/// Walks the nodes of a file.
private struct YAMLSettingsReader {
    let known: [String]
    var settings: [String: String] = [:]
    var faults: [ConfigurationError.Fault] = []

    mutating func read(_ node: Node, path: [String]) {
        let name = path.joined(separator: ".")
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping { read(key, value, path: path, place: place(key)) }
        case .scalar(let scalar):
            if name.isEmpty {
                // A file with nothing but comments is a file without settings.
                if !scalar.string.isEmpty { faults.append(.init(key: "", detail: "the file has no keys")) }
            } else {
                settings[name] = scalar.string
            }
        case .sequence, .alias:
            faults.append(.init(key: name, detail: "one value is expected, not a list (\(place(node)))"))
        }
    }

    private mutating func read(_ key: Node, _ value: Node, path: [String], place: String) {
        guard let part = key.string else {
            faults.append(.init(key: path.joined(separator: "."), detail: "a key must be a text (\(place))"))
            return
        }
        let inner = path + [part]
        let name = inner.joined(separator: ".")
        if case .mapping = value, known.contains(where: { $0.hasPrefix(name + ".") }) {
            return read(value, path: inner)
        }
        guard known.contains(name) else {
            let hint = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            faults.append(.init(key: name, detail: "there is no such key (\(place))\(hint)"))
            return
        }
        if settings[name] != nil {
            faults.append(.init(key: name, detail: "the key is given twice (\(place)); remove one"))
        }
        read(value, path: inner)
    }

    private func place(_ node: Node) -> String {
        node.mark.map { "line \($0.line), column \($0.column)" } ?? "place unknown"
    }
}
