import Inventory
import Series

/// The labels of an interface as text, in the order in which they are written.
struct LabelSet: Sendable, Hashable {
    /// The names, always the same eight.
    static let names = [
        "device_id", "device_name", "interface_id", "if_index", "if_name", "interface_type", "isp_provider",
        "is_critical",
    ]
    /// What separates values in the file; taken out of them, as is NUL, at which SQLite would end the text.
    private static let separator: Unicode.Scalar = "\u{1F}"

    /// The values, in the order of `names`.
    let values: [String]

    /// Labels as the catalog has them.
    init(_ labels: SeriesLabels) {
        values = labels.pairs.map { pair in
            String(String.UnicodeScalarView(pair.value.unicodeScalars.filter { $0 != Self.separator && $0 != "\0" }))
        }
    }

    /// Labels of an interface of which nothing else is known.
    init(_ id: InterfaceID) {
        values = Self.names.map { $0 == "interface_id" ? id.description : "" }
    }

    /// Labels as they lie in the file; nil where they are none.
    init?(stored: String) {
        let parts = stored.unicodeScalars.split(separator: Self.separator, omittingEmptySubsequences: false)
        guard parts.count == Self.names.count else { return nil }
        values = parts.map { String($0) }
    }

    /// The form in which they lie in the file.
    var stored: String { values.joined(separator: String(Self.separator)) }
}
