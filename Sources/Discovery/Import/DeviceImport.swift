import Inventory

/// The kinds of files devices are imported from.
public enum ImportFormat: String, CaseIterable, Sendable, Hashable {
    /// Delimited text with the columns `name,ip,port,version,community,profile,device_type,location,tags`.
    case csv
    /// The devices of NetBox, exported as CSV.
    case netBoxCSV = "netbox_csv"
    /// The devices of NetBox as JSON: an answer of its REST API, or the list in it.
    case netBoxJSON = "netbox_json"

    /// The format a file seems to have: JSON by its first character, NetBox CSV by its column names.
    public static func detect(_ octets: [UInt8]) -> ImportFormat {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = octets.starts(with: byteOrderMark) ? octets.dropFirst(3) : octets[...]
        let first = text.first { !MIBText.isWhiteSpace($0) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .netBoxJSON }
        let end = text.firstIndex { $0 == 10 || $0 == 13 } ?? text.endIndex
        let header = DelimitedText(Array(text[..<end])).records.first ?? []
        let names = Set(header.map { DraftFields.folded($0.text) })
        let isNetBox = !names.contains("ip") && !names.isDisjoint(with: NetBoxColumn.telling)
        return isNetBox ? .netBoxCSV : .csv
    }
}

/// What a file of devices says.
public struct DeviceImport: Sendable, Hashable {
    /// The good rows, in the order of the file.
    public var drafts: [DeviceDraft]
    /// Everything wrong in the file, by line and column.
    public var problems: [ImportProblem]

    /// The most devices of one file.
    public static let rowLimit = 200_000

    /// A file that was read.
    public init(drafts: [DeviceDraft] = [], problems: [ImportProblem] = []) {
        self.drafts = drafts
        self.problems = problems
    }

    /// Reads a file; every input gives a result, and all errors of the file are in it.
    public static func read(_ octets: [UInt8], as format: ImportFormat) -> DeviceImport {
        var result: DeviceImport
        switch format {
        case .csv: result = DeviceTable(octets).read()
        case .netBoxCSV: result = NetBoxTable(octets).read()
        case .netBoxJSON: result = NetBoxDocument.read(octets)
        }
        result.refuseDuplicates()
        return result
    }

    /// Everything wrong in the file and with what it asks for, by line and column.
    public func problems(with outcome: ImportOutcome) -> [ImportProblem] {
        Self.ordered(problems + outcome.problems)
    }

    /// Whether nothing of the file may be imported: the mode is all-or-nothing, and there is any error.
    public func isRefused(_ mode: ImportMode, with outcome: ImportOutcome = ImportOutcome()) -> Bool {
        mode == .allOrNothing && (problems + outcome.problems).contains { $0.severity == .error }
    }

    /// By line and column; what has none comes first, in the order given.
    private static func ordered(_ problems: [ImportProblem]) -> [ImportProblem] {
        func place(_ problem: ImportProblem, _ number: Int) -> (Int, Int, Int) {
            (problem.place?.line ?? 0, problem.place?.column ?? 0, number)
        }
        return problems.enumerated().sorted { place($0.element, $0.offset) < place($1.element, $1.offset) }
            .map(\.element)
    }

    /// Refuses rows whose name, or address and port, an earlier row has.
    private mutating func refuseDuplicates() {
        var names: [String: ImportPlace?] = [:]
        var places: [String: DeviceDraft] = [:]
        var kept: [DeviceDraft] = []
        for draft in drafts {
            let key = DevicePlace.key(address: draft.address, port: draft.port ?? 161)
            let (namesake, neighbour) = (names[draft.name], places[key])
            if let first = namesake {
                refuse(
                    draft.places.name ?? draft.place,
                    "the name '\(draft.name)' is already that of \(Self.written(first)); names are unique")
            }
            if let first = neighbour {
                let port = draft.port ?? 161
                refuse(
                    draft.places.address ?? draft.place,
                    "address \(draft.address) port \(port) is already that of '\(first.name)' in "
                        + "\(Self.written(first.place)); remove one of the rows")
            }
            guard namesake == nil, neighbour == nil else { continue }
            names[draft.name] = .some(draft.place)
            places[key] = draft
            kept.append(draft)
        }
        drafts = kept
        problems = Self.ordered(problems)
    }

    private mutating func refuse(_ place: ImportPlace?, _ message: String) {
        problems.append(ImportProblem(at: place, message))
    }

    private static func written(_ place: ImportPlace?) -> String {
        place?.line.map { "line \($0)" } ?? place?.field ?? "an earlier row"
    }
}
