import Foundation
import FoundationXML

/// An XML document as a strict parser reads it.
final class XMLRecord: NSObject, XMLParserDelegate {
    struct Element {
        var name: String
        var attributes: [String: String]
        var text = ""
    }

    struct Broken: Error {
        var line: Int
        var reason: String
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    /// All text, in order.
    var text: String { elements.map(\.text).joined(separator: "\n") }

    func count(of name: String) -> Int { elements.count { $0.name == name } }

    static func parse(_ text: String) throws -> XMLRecord {
        let parser = XMLParser(data: Data(text.utf8))
        let record = XMLRecord()
        parser.delegate = record
        guard parser.parse() else {
            throw Broken(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
        }
        return record
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: elementName, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let element = open.last { elements[element].text += string }
    }
}

/// The part of the DOT language that the export uses: one graph, statements with attribute lists, quoted strings.
enum DOTGrammar {
    struct Broken: Error {
        var reason: String
    }

    /// The statements between the outer braces; throws where quotes, brackets or braces do not match.
    static func statements(_ text: String) throws -> [String] {
        guard text.hasPrefix("graph topology {"), text.hasSuffix("}\n") else { throw Broken(reason: "no graph") }
        var statements: [String] = []
        var current = ""
        var (isQuoted, isEscaped, depth) = (false, false, 0)
        for character in text.dropFirst("graph topology {".count).dropLast(2).unicodeScalars {
            current.unicodeScalars.append(character)
            if isQuoted {
                if !isEscaped, character == "\"" { isQuoted = false }
                isEscaped = !isEscaped && character == "\\"
                continue
            }
            switch character {
            case "\"": isQuoted = true
            case "[": depth += 1
            case "]": depth -= 1
            case "{", "}", "<", ">": throw Broken(reason: "\(character) outside quotes")
            case ";" where depth == 0:
                statements.append(current)
                current = ""
            default:
                guard character.isASCII, character.value >= 32 || character == "\n" else {
                    throw Broken(reason: "\(character.value) outside quotes")
                }
            }
            guard (0...1).contains(depth) else { throw Broken(reason: "brackets do not match") }
        }
        guard !isQuoted, depth == 0, current.allSatisfy(\.isWhitespace) else { throw Broken(reason: "unfinished") }
        return statements
    }
}
