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
    /// Everything wrong in the file, in its order.
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

    /// The drafts to import in a mode: none where the mode is all-or-nothing and there is any error.
    public func accepted(_ mode: ImportMode) -> [DeviceDraft] {
        switch mode {
        case .goodRows: return drafts
        case .allOrNothing: return problems.contains { $0.severity == .error } ? [] : drafts
        }
    }

    /// Refuses rows whose name, or address and port, an earlier row has.
    private mutating func refuseDuplicates() {
        var names: [String: ImportPlace?] = [:]
        var places: [String: DeviceDraft] = [:]
        var kept: [DeviceDraft] = []
        for draft in drafts {
            let key = DevicePlace.key(address: draft.address, port: draft.port ?? 161)
            if let first = names[draft.name] {
                refuse(
                    draft, "name",
                    "the name '\(draft.name)' is already that of \(Self.written(first)); names are unique")
            } else if let first = places[key] {
                let port = draft.port ?? 161
                refuse(
                    draft, "ip",
                    "address \(draft.address) port \(port) is already that of '\(first.name)' in "
                        + "\(Self.written(first.place)); remove one of the rows")
            } else {
                names[draft.name] = .some(draft.place)
                places[key] = draft
                kept.append(draft)
            }
        }
        drafts = kept
        problems = problems.enumerated().sorted { one, other in
            let (left, right) = (one.element.place?.line ?? 0, other.element.place?.line ?? 0)
            return (left, one.offset) < (right, other.offset)
        }.map(\.element)
    }

    private mutating func refuse(_ draft: DeviceDraft, _ field: String, _ message: String) {
        var place = draft.place
        if place?.line != nil { place?.field = field }
        problems.append(ImportProblem(at: place, message))
    }

    private static func written(_ place: ImportPlace?) -> String {
        place?.line.map { "line \($0)" } ?? place?.field ?? "an earlier row"
    }
}
