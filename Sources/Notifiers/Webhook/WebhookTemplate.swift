import Alerting
import Listing
import Mustache

/// A body of a webhook as a Mustache template: the fields of the standard JSON by name, escaped for the media type.
///
/// Escaping belongs to the values, not to the tags: `{{message}}` and `{{{message}}}` are the same, so that no text of
/// a device leaves the string it was put into. Checked when it is made: syntax, names, and for JSON that a document
/// comes out.
struct WebhookTemplate: Sendable {
    private static let octetsMax = 65_536
    private static let bodyOctetsMax = 4 << 20
    private let template: MustacheTemplate
    private let escaping: TemplateEscaping

    init(_ text: String, contentType: String) throws(NotifierError) {
        guard text.utf8.count <= Self.octetsMax else {
            throw NotifierError("template: longer than \(Self.octetsMax) octets", isLasting: true)
        }
        guard contentType.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), contentType.contains("/") else {
            throw NotifierError(
                "content_type: '\(PlainText.line(contentType, octetsMax: 80))' is not a media type; "
                    + "use one like application/json", isLasting: true)
        }
        escaping = TemplateEscaping(contentType: contentType)
        // Values bring their own escaping; the library's, for HTML, would come on top of it.
        template = try Self.compiled("{{% CONTENT_TYPE:TEXT}}" + text)
        try check()
    }

    /// The body of a notice; throws where it would be no JSON although it must.
    func body(_ notice: AlertNotice) throws(NotifierError) -> [UInt8] {
        let body = Array(template.render(TemplateFields(WebhookBody.json(notice), escaping, unknown: nil)).utf8)
        guard body.count <= Self.bodyOctetsMax else {
            var error = NotifierError(
                "template: the body is longer than \(Self.bodyOctetsMax) octets", isLasting: true)
            error.isTooLong = true
            throw error
        }
        if escaping == .json { _ = try Self.parsed(body) }
        return body
    }

    private static func compiled(_ text: String) throws(NotifierError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let error as MustacheTemplate.ParserError {
            let pragma = error.context.lineNumber == 1 ? "{{% CONTENT_TYPE:TEXT}}".count : 0
            throw NotifierError(
                "template: line \(error.context.lineNumber), column \(max(1, error.context.columnNumber - pragma)): "
                    + "\(reason(error.error))", isLasting: true)
        } catch {
            throw NotifierError("template: it cannot be read: \(reason(error))", isLasting: true)
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? MustacheTemplate.Error else { return "this is no Mustache" }
        return switch error {
        case .sectionCloseNameIncorrect: "the section ends with another name than it began"
        case .unfinishedName: "the tag has no end"
        case .expectedSectionEnd: "a section has no end"
        case .invalidSetDelimiter: "these are no delimiters"
        default: "\(error)"
        }
    }

    /// Tries it with notices that have every field, and with one that has hardly any.
    private func check() throws(NotifierError) {
        let unknown = UnknownNames()
        for notice in TemplateSamples.notices {
            let text = template.render(TemplateFields(WebhookBody.json(notice), escaping, unknown: unknown))
            guard escaping == .json else { continue }
            _ = try Self.parsed(Array(text.utf8))
        }
        if let name = unknown.first {
            throw NotifierError(
                "template: there is no '\(PlainText.line(name, octetsMax: 80))'; docs/webhook.md lists the fields",
                isLasting: true)
        }
    }

    private static func parsed(_ octets: [UInt8]) throws(NotifierError) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONParser.parse(octets)
        } catch {
            throw NotifierError(
                "template: what it makes is not JSON (\(error)); put texts in double quotes", isLasting: true)
        }
    }
}
