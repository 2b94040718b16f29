public import SNMP

/// Names of objects and notifications: from a name to its object identifier, and back.
///
/// The standard modules network devices share are built in; nothing is read from files. A value is made once and may be
/// used from any thread.
///
/// ```swift
/// ObjectNames.standard.identifier(of: "IF-MIB::ifDescr.3")   // 1.3.6.1.2.1.2.2.1.2.3
/// ObjectNames.standard.text(of: "1.3.6.1.2.1.2.2.1.2.3")     // IF-MIB::ifDescr.3
/// ```
public struct ObjectNames: Sendable {
    /// All objects, in the order of their object identifiers.
    public let objects: [NamedObject]
    /// For each object the place of the nearest one above it; -1 where there is none.
    private let parents: [Int]
    private let places: [String: Int]

    /// The modules built in.
    public static let standard = ObjectNames(parsing: ObjectModules.all)

    /// Reads modules in the form of `ObjectModules`; a line that makes no sense is left out.
    init(parsing modules: [String]) {
        var parser = ModuleParser()
        for module in modules { parser.read(module) }
        objects = parser.objects.sorted { $0.oid < $1.oid }
        places = Dictionary(objects.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var parents: [Int] = []
        for (place, object) in objects.enumerated() {
            var above = place - 1
            while above >= 0, !object.oid.hasPrefix(objects[above].oid) { above = parents[above] }
            parents.append(above)
        }
        self.parents = parents
    }

    /// The object of a name, with or without its module: `ifDescr` or `IF-MIB::ifDescr`; nil where none is known.
    public func object(named name: String) -> NamedObject? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return places[name].map { objects[$0] }
        case 3 where parts[1].isEmpty:
            guard let place = places[String(parts[2])], objects[place].module == parts[0] else { return nil }
            return objects[place]
        default: return nil
        }
    }

    /// The nearest object at or above an object identifier; nil where none is known.
    public func object(at oid: ObjectIdentifier) -> NamedObject? {
        var low = 0
        var high = objects.count
        while low < high {
            let middle = (low + high) / 2
            if objects[middle].oid <= oid { low = middle + 1 } else { high = middle }
        }
        // All between an ancestor and the identifier are descendants of that ancestor, so the way up leads there.
        var place = low - 1
        while place >= 0, !oid.hasPrefix(objects[place].oid) { place = parents[place] }
        return place >= 0 ? objects[place] : nil
    }

    /// The object identifier of `ifDescr.3`, `IF-MIB::ifDescr.3`, `1.3.6.1`, `.1.3.6.1` or `mib-2.2`; nil for any other.
    public func identifier(of text: String) -> ObjectIdentifier? {
        if let dotted = ObjectIdentifier(text) { return dotted }
        let dot = text.firstIndex(of: ".") ?? text.endIndex
        guard let object = object(named: String(text[..<dot])) else { return nil }
        if dot == text.endIndex { return object.oid }
        let parts = text[dot...].dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let index = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt32(part) : nil
        }
        let room = ObjectIdentifier.subIdentifierCountMax - object.oid.count
        guard index.count == parts.count, index.count <= room else { return nil }
        return object.oid.appending(index)
    }

    /// The name with what follows it: `IF-MIB::ifDescr.3`; dotted with a leading dot where no name is known.
    public func text(of oid: ObjectIdentifier) -> String {
        guard let object = object(at: oid), let index = oid.suffix(after: object.oid) else { return ".\(oid)" }
        return index.reduce(into: object.qualifiedName) { $0 += ".\($1)" }
    }

    /// The columns of a table, of its entry, or of one column itself, in the order of their numbers.
    ///
    /// Empty where the name is no table's.
    public func columns(under object: NamedObject) -> [NamedObject] {
        let entry = objects.first { $0.oid.parent == object.oid && $0.syntax == .node && $0.oid.encoded.last == 1 }
        let rows = object.name.hasSuffix("Entry") ? object : entry
        guard let rows, rows.name.hasSuffix("Entry") else { return [] }
        return objects.filter { $0.oid.parent == rows.oid && $0.syntax.hasValues }
    }
}
