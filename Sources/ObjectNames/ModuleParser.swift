import SNMP

/// Reads the texts of `ObjectModules`.
struct ModuleParser {
    private(set) var objects: [NamedObject] = []
    /// Lines that made no sense; there are none in the modules built in.
    private(set) var notUnderstood: [String] = []
    private var places: [Substring: ObjectIdentifier] = [:]
    private var syntaxes: [Substring: ObjectSyntax] = [
        "int": .integer, "gauge": .gauge32, "counter": .counter32, "counter64": .counter64, "ticks": .timeTicks,
        "oid": .objectIdentifier, "ip": .ipAddress, "text": .text, "octets": .octets, "mac": .physicalAddress,
        "date": .dateAndTime, "notification": .notification,
    ]
    private var module = ""
    /// The node whose children follow, and the number of the next one.
    private var parent: ObjectIdentifier?
    private var next: UInt32 = 1
    private var names: Names?

    /// An enumeration that is being read.
    private struct Names {
        let name: Substring
        let isBits: Bool
        var next: Int32
        var labels: [Int32: String] = [:]
    }

    /// Reads one text.
    mutating func read(_ text: String) {
        for line in text.split(separator: "\n") { read(line: line) }
        endNames()
    }

    private mutating func read(line: Substring) {
        let fields = line.split(separator: " ")
        guard let first = fields.first else { return }
        if line.first == " " {
            if names != nil { return readLabels(fields[...]) }
            return readChild(fields[...])
        }
        endNames()
        switch first {
        case "module": module = fields.dropFirst().first.map(String.init) ?? ""
        case "enum", "bits":
            guard fields.count > 2, let start = Int32(fields[2]) else { return notUnderstood.append(String(line)) }
            names = Names(name: fields[1], isBits: first == "bits", next: start)
            readLabels(fields[3...])
        default: readNode(fields)
        }
    }

    private mutating func readLabels(_ labels: ArraySlice<Substring>) {
        for label in labels {
            let parts = label.split(separator: "=")
            if parts.count == 2, let number = Int32(parts[1]) { names?.next = number }
            guard let number = names?.next, let text = parts.first else { continue }
            names?.labels[number] = String(text)
            names?.next += 1
        }
    }

    private mutating func endNames() {
        guard let ended = names else { return }
        let enumeration = Enumeration(name: String(ended.name), labels: ended.labels)
        syntaxes[ended.name] = ended.isBits ? .bits(enumeration) : .enumeration(enumeration)
        names = nil
    }

    private mutating func readChild(_ fields: ArraySlice<Substring>) {
        var fields = fields
        if let first = fields.first, first.first == "=", let number = UInt32(first.dropFirst()) {
            next = number
            fields = fields.dropFirst()
        }
        guard let name = fields.first, let parent else {
            return notUnderstood.append(fields.joined(separator: " "))
        }
        add(name, parent.appending(next), fields.dropFirst().first)
        next += 1
    }

    private mutating func readNode(_ fields: [Substring]) {
        guard fields.count >= 2, let oid = oid(fields[1]) else {
            return notUnderstood.append(fields.joined(separator: " "))
        }
        let isTable = fields.count == 4 && fields[2] == "table"
        add(fields[0], oid, isTable ? nil : fields.dropFirst(2).first)
        if isTable { add(fields[3], oid.appending(1), nil) }
        parent = isTable ? oid.appending(1) : oid
        next = 1
    }

    /// `ifMIB.1`, or numbers alone.
    private func oid(_ text: Substring) -> ObjectIdentifier? {
        if text.first?.isNumber == true { return ObjectIdentifier(String(text)) }
        let parts = text.split(separator: ".")
        guard let above = parts.first.flatMap({ places[$0] }) else { return nil }
        return above.appending(parts.dropFirst().compactMap { UInt32($0) })
    }

    private mutating func add(_ name: Substring, _ oid: ObjectIdentifier, _ syntax: Substring?) {
        places[name] = oid
        let known = syntax.map { syntaxes[$0] } ?? .node
        if known == nil { notUnderstood.append("\(name): \(syntax ?? "")") }
        objects.append(NamedObject(name: String(name), module: module, oid: oid, syntax: known ?? .node))
    }
}
