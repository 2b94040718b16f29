package import Inventory

/// Members of objects that hold more than texts and numbers; what is empty is left out.
extension JSONObjectText {
    /// Adds a time, which must lie in the years 0 to 9999.
    package mutating func add(_ name: String, time: Timestamp?) {
        if let time { add(name, plain: time.description) }
    }

    /// Adds an id.
    package mutating func add<Entity>(_ name: String, id: Identifier<Entity>?) {
        if let id { add(name, plain: id.description) }
    }

    /// Adds `true`.
    package mutating func add(_ name: String, ifTrue flag: Bool) {
        if flag { add(name, json: "true") }
    }

    /// Adds an object of texts, by name.
    package mutating func add(_ name: String, texts: [String: String]) {
        if !texts.isEmpty { add(name, object: NamedTexts(texts: texts)) }
    }
}

/// Texts by name.
private struct NamedTexts: JSONWritten {
    let texts: [String: String]

    func write(to object: inout JSONObjectText) {
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { object.add(naming: name, text) }
    }
}

extension JSONText {
    /// A list of what `json` makes of each element.
    package static func list<Element>(_ elements: [Element], _ json: (Element) -> String) -> String {
        var text = "["
        for element in elements {
            if text.utf8.count > 1 { text += "," }
            text += json(element)
        }
        return text + "]"
    }
}

extension JSONCursor {
    /// Reads a time.
    package mutating func time() throws -> Timestamp {
        var text = try string()
        guard let time = text.withUTF8({ TextForms.time($0) }) ?? Timestamp(text) else { throw Malformed() }
        return time
    }

    /// Reads an id.
    package mutating func id<Entity>() throws -> Identifier<Entity> {
        var text = try string()
        guard let uuid = text.withUTF8({ TextForms.uuid($0) }) else { throw Malformed() }
        return Identifier(uuid)
    }

    /// Reads one of the words of an enumeration.
    package mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        guard let word = Word(rawValue: try string()) else { throw Malformed() }
        return word
    }

    /// Reads a list; `element` reads each of its values.
    package mutating func list<Element>(_ element: (inout JSONCursor) throws -> Element) throws -> [Element] {
        var list: [Element] = []
        try array { list.append(try element(&$0)) }
        return list
    }

    /// Reads an object of texts.
    package mutating func texts() throws -> [String: String] {
        var texts: [String: String] = [:]
        try object { name, value in texts[name] = try value.string() }
        return texts
    }
}
