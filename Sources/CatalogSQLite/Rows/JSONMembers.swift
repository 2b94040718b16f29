import Inventory

/// Members of objects that hold more than texts and numbers; what is empty is left out.
extension JSONObjectText {
    /// Adds a time, which must lie in the years 0 to 9999.
    mutating func add(_ name: String, time: Timestamp?) {
        if let time { add(name, plain: time.written) }
    }

    /// Adds an id.
    mutating func add<Entity>(_ name: String, id: Identifier<Entity>?) {
        if let id { add(name, plain: id.written) }
    }

    /// Adds `true`.
    mutating func add(_ name: String, ifTrue flag: Bool) {
        if flag { add(name, json: "true") }
    }

    /// Adds a list of texts.
    mutating func add(_ name: String, texts: [String]) {
        if !texts.isEmpty { add(name, json: JSONText.list(texts)) }
    }

    /// Adds a list of what `json` makes of each element.
    mutating func add<Element>(_ name: String, list: [Element], _ json: (Element) -> String) {
        if !list.isEmpty { add(name, json: JSONText.list(list, json)) }
    }

    /// Adds an object of texts, by name.
    mutating func add(_ name: String, texts: [String: String]) {
        guard !texts.isEmpty else { return }
        let members = texts.sorted { $0.key < $1.key }
            .map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
        add(name, json: "{\(members.joined(separator: ","))}")
    }
}

extension JSONText {
    /// A list of what `json` makes of each element.
    static func list<Element>(_ elements: [Element], _ json: (Element) -> String) -> String {
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
    mutating func time() throws -> Timestamp {
        var text = try string()
        guard let time = text.withUTF8({ TextForms.time($0) }) ?? Timestamp(text) else { throw Malformed() }
        return time
    }

    /// Reads an id.
    mutating func id<Entity>() throws -> Identifier<Entity> {
        var text = try string()
        guard let uuid = text.withUTF8({ TextForms.uuid($0) }) else { throw Malformed() }
        return Identifier(uuid)
    }

    /// Reads one of the words of an enumeration.
    mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        guard let word = Word(rawValue: try string()) else { throw Malformed() }
        return word
    }

    /// Reads a list; `element` reads each of its values.
    mutating func list<Element>(_ element: (inout JSONCursor) throws -> Element) throws -> [Element] {
        var list: [Element] = []
        try array { list.append(try element(&$0)) }
        return list
    }

    /// Reads an object of texts.
    mutating func texts() throws -> [String: String] {
        var texts: [String: String] = [:]
        try object { name, value in texts[name] = try value.string() }
        return texts
    }
}

extension Timestamp {
    /// As `description`, made by hand.
    var written: String {
        var isGood = false
        let text = String(unsafeUninitializedCapacity: TextForms.timeLength) { buffer in
            let place = UnsafeMutableBufferPointer(rebasing: buffer.prefix(TextForms.timeLength))
            isGood = TextForms.write(self, to: place)
            return isGood ? TextForms.timeLength : 0
        }
        return isGood ? text : description
    }
}

extension Identifier {
    /// As `description`, made by hand.
    var written: String {
        String(unsafeUninitializedCapacity: TextForms.uuidLength) { buffer in
            TextForms.write(uuid, to: UnsafeMutableBufferPointer(rebasing: buffer.prefix(TextForms.uuidLength)))
            return TextForms.uuidLength
        }
    }
}
