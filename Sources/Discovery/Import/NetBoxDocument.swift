import FoundationEssentials
import Inventory

/// Any JSON value; object members keep no order.
enum JSONValue: Decodable, Hashable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case number(Double)
    case bool(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let array = try? container.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { return members[key] }
        return nil
    }

    /// The text of a text, or of what NetBox writes in its place: an object with one of these members.
    func text(_ members: String...) -> String? {
        if case .text(let text) = self { return text }
        for member in members {
            if case .text(let text)? = self[member] { return text }
        }
        return nil
    }
}

/// Reads devices of NetBox's REST API: an answer with `results`, a plain list, or one device.
enum NetBoxDocument {
    static func read(_ octets: [UInt8]) -> DeviceImport {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = octets.starts(with: byteOrderMark) ? Array(octets.dropFirst(3)) : octets
        do {
            return read(try JSONDecoder().decode(JSONValue.self, from: Data(text)))
        } catch {
            return DeviceImport(problems: [
                ImportProblem(at: nil, "the file is not valid JSON\(detail(of: error)); export the devices again")
            ])
        }
    }

    private static func detail(of error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context)? = error as? DecodingError else { return "" }
        let underlying = context.underlyingError.map { "\($0)" } ?? context.debugDescription
        guard let start = underlying.firstRange(of: "line ") else { return "" }
        let words = underlying[start.lowerBound...].prefix { $0 != "." && $0 != ")" && $0 != "\"" }
        return " near \(words)"
    }

    private static func read(_ document: JSONValue) -> DeviceImport {
        var result = DeviceImport()
        let (devices, path) = list(in: document)
        guard let devices else {
            result.problems = [
                ImportProblem(
                    at: nil, "the document is no list of devices; it must be NetBox's answer to /api/dcim/devices/")
            ]
            return result
        }
        result.problems += page(document, devices.count).map { [$0] } ?? []
        for (number, device) in devices.prefix(DeviceImport.rowLimit).enumerated() {
            read(device, at: "\(path)[\(number)]", into: &result)
        }
        if devices.count > DeviceImport.rowLimit {
            result.problems.append(
                ImportProblem(
                    at: ImportPlace(field: "\(path)[\(DeviceImport.rowLimit)]"),
                    "more than \(DeviceImport.rowLimit) devices; split the file"))
        }
        return result
    }

    /// The problem of a document that is one page of several, as the other pages' devices would silently be missing.
    private static func page(_ document: JSONValue, _ found: Int) -> ImportProblem? {
        guard let link = ["next", "previous"].first(where: { document[$0]?.text() != nil }) else { return nil }
        var all = "more"
        if case .number(let count)? = document["count"], count >= 0, count < 1e9 { all = String(Int(count)) }
        return ImportProblem(
            at: ImportPlace(field: link),
            "this is one page with \(found) of \(all) devices; ask NetBox with ?limit=0 for all of them, and raise its "
                + "MAX_PAGE_SIZE where it still answers in pages")
    }

    private static func list(in document: JSONValue) -> ([JSONValue]?, String) {
        if case .array(let devices) = document { return (devices, "") }
        if case .array(let devices)? = document["results"] { return (devices, "results") }
        return (nil, "")
    }

    private static func read(_ value: JSONValue, at path: String, into result: inout DeviceImport) {
        guard case .object = value else {
            result.problems.append(ImportProblem(at: ImportPlace(field: path), "a device must be an object"))
            return
        }
        let device = device(value)
        switch device.outcome() {
        case .draft(var draft):
            draft.place = ImportPlace(field: path)
            draft.places.name = ImportPlace(field: "\(path).name")
            draft.places.address = device.addressColumn.map { ImportPlace(field: "\(path).\($0.rawValue)") }
            result.drafts.append(draft)
        case .refused(let column, let severity, let message):
            let place = ImportPlace(field: "\(path).\(column.rawValue)")
            result.problems.append(ImportProblem(severity, at: place, message))
        }
    }

    private static func device(_ value: JSONValue) -> NetBoxDevice {
        var device = NetBoxDevice()
        device.values[.name] = value["name"]?.text("display")
        device.display = value["display"]?.text()
        device.values[.status] = value["status"]?.text("value", "label")
        device.values[.role] = (value["role"] ?? value["device_role"])?.text("slug", "name", "display")
        device.values[.site] = value["site"]?.text("name", "display", "slug")
        device.values[.location] = value["location"]?.text("name", "display", "slug")
        device.values[.primaryIP] = value["primary_ip"]?.text("address", "display")
        device.values[.primaryIPv4] = value["primary_ip4"]?.text("address", "display")
        device.values[.primaryIPv6] = value["primary_ip6"]?.text("address", "display")
        if case .array(let tags)? = value["tags"] {
            device.tags = DraftFields.tags(tags.compactMap { $0.text("name", "display", "slug") })
        }
        return device
    }
}
