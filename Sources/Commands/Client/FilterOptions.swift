import ArgumentParser

/// Search, filters, order and length of a list.
struct FilterOptions: ParsableArguments {
    @Option(name: [.customShort("q"), .long], help: "Words that must occur.")
    var search: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Only rows whose column has this value; may be repeated.", valueName: "column=value"))
    var filter: [String] = []

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Column to sort by; a leading '-' turns the order round.", valueName: "column"))
    var sort: String?

    @Option(name: .long, help: "At most this many rows.")
    var limit: Int?

    mutating func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
        for text in filter where !text.dropFirst().contains("=") {
            throw ValidationError("'\(text)' is no filter; write column=value, for example if_speed=1000000000.")
        }
    }

    /// Whether some rows may be left out because they do not fit.
    var isAny: Bool { search != nil || !filter.isEmpty }

    /// The query these options mean.
    func query() -> QueryItems {
        var items: QueryItems = []
        if let search { items.append((name: "q", value: search)) }
        for text in filter {
            guard let equals = text.firstIndex(of: "=") else { continue }
            items.append((name: String(text[..<equals]), value: String(text[text.index(after: equals)...])))
        }
        if let sort { items.append((name: "sort", value: sort)) }
        return items
    }
}
