import Listing
import Mustache
import Synchronization

/// How values are escaped in a templated body.
enum TemplateEscaping: Sendable {
    /// As within the quotes of a JSON string.
    case json
    /// As within an element or a quoted attribute.
    case html
    /// Percent-encoded.
    case form
    /// Not at all: plain text.
    case none

    /// By media type; what is not known is plain text.
    init(contentType: String) {
        let type = contentType.lowercased().prefix { $0 != ";" && $0 != " " }
        if type == "application/json" || type.hasSuffix("+json") || type == "text/json" {
            self = .json
        } else if type.hasSuffix("html") || type.hasSuffix("xml") {
            self = .html
        } else if type == "application/x-www-form-urlencoded" {
            self = .form
        } else {
            self = .none
        }
    }

    func escaped(_ text: String) -> String {
        switch self {
        case .json: String(String(decoding: JSONValue.string(text).bytes, as: UTF8.self).dropFirst().dropLast())
        case .html: MarkupText.html(text)
        case .form: MarkupText.form(text)
        case .none: text
        }
    }
}

/// Names that a template asks for and that do not exist.
final class UnknownNames: Sendable {
    private let names = Mutex<[String]>([])

    var first: String? { names.withLock { $0.first } }

    func add(_ name: String) { names.withLock { $0.append(name) } }
}

/// An object of the standard JSON as a template sees it; the outermost one notes names that do not exist.
struct TemplateFields: MustacheParent {
    private let value: JSONValue
    private let escaping: TemplateEscaping
    private let unknown: UnknownNames?

    init(_ value: JSONValue, _ escaping: TemplateEscaping, unknown: UnknownNames?) {
        self.value = value
        self.escaping = escaping
        self.unknown = unknown
    }

    func child(named name: String) -> Any? {
        guard let member = value[name] else {
            unknown?.add(name)
            return nil
        }
        return Self.value(member, name, escaping)
    }

    /// A value as the template engine takes it; null is an empty text, or a name would be looked for further outside.
    static func value(_ value: JSONValue, _ name: String, _ escaping: TemplateEscaping) -> Any {
        switch value {
        case .null: TemplateText("", escaping)
        case .boolean(let flag): flag
        case .integer(let number): TemplateText(String(number), escaping)
        case .real(let number): TemplateText(String(decoding: JSONValue.real(number).bytes, as: UTF8.self), escaping)
        case .string(let text): TemplateText(text, escaping)
        case .array(let elements): elements.map { Self.value($0, name, escaping) }
        case .object(let members):
            ["labels", "annotations", "group_labels"].contains(name)
                ? TemplatePairs(members, escaping) : TemplateFields(value, escaping, unknown: nil)
        }
    }
}

/// A text that is escaped whichever tag writes it; an empty one is false as a section.
struct TemplateText: MustacheCustomRenderable, MustacheTransformable, MustacheParent {
    private let text: String
    private let escaping: TemplateEscaping

    init(_ text: String, _ escaping: TemplateEscaping) {
        self.text = text
        self.escaping = escaping
    }

    var renderText: String { escaping.escaped(text) }
    var isNull: Bool { text.isEmpty }

    /// Nothing is within a text; without this the engine would find the unescaped text by reflection.
    func child(named name: String) -> Any? { nil }

    func transform(_ name: String) -> Any? {
        switch name {
        case "empty": text.isEmpty
        case "lowercased": TemplateText(text.lowercased(), escaping)
        case "uppercased": TemplateText(text.uppercased(), escaping)
        default: nil
        }
    }
}

/// Labels: one by its name (`labels.device`), or all of them in order (`{{#labels}}{{name}}={{value}}{{/labels}}`).
struct TemplatePairs: MustacheParent, MustacheSequence {
    private let members: [JSONMember]
    private let escaping: TemplateEscaping

    init(_ members: [JSONMember], _ escaping: TemplateEscaping) {
        self.members = members
        self.escaping = escaping
    }

    func child(named name: String) -> Any? {
        members.first { $0.name == name }.map { TemplateFields.value($0.value, "", escaping) }
    }

    func makeIterator() -> IndexingIterator<[TemplateFields]> {
        members.map { member in
            TemplateFields(["name": .string(member.name), "value": member.value], escaping, unknown: nil)
        }.makeIterator()
    }
}
