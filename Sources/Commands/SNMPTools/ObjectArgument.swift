import ArgumentParser
import Listing
import ObjectNames
import SNMP

/// An object as people name it: `1.3.6.1.2.1.1`, `.1.3.6.1.2.1.1`, `ifDescr`, `ifDescr.3` or `IF-MIB::ifDescr.3`.
struct ObjectArgument: Hashable, Sendable, CustomStringConvertible {
    /// Its object identifier.
    let oid: ObjectIdentifier

    /// mib-2, where `snmpwalk` begins.
    static let mib2 = ObjectArgument(oid: "1.3.6.1.2.1")

    /// Reads an object; a name that is none is told with the one that was meant.
    @Sendable static func parse(_ text: String) throws(ValidationError) -> ObjectArgument {
        let names = ObjectNames.standard
        if let oid = names.identifier(of: text) { return ObjectArgument(oid: oid) }
        let dotted = text.first == "." ? text.dropFirst() : text[...]
        if !dotted.isEmpty, dotted.allSatisfy({ ("0"..."9").contains($0) }) {
            throw ValidationError("'\(text)' is one sub-identifier; give at least two, such as 1.3")
        }
        if let near = nearest(text, names) {
            throw ValidationError("'\(text)' is no object identifier and no name known here; did you mean \(near)?")
        }
        throw ValidationError(
            "'\(text)' is no object identifier and no name known here; write it dotted, such as 1.3.6.1.2.1.1")
    }

    /// The known name that was meant, with the index that was given.
    private static func nearest(_ text: String, _ names: ObjectNames) -> String? {
        let parts = text.split(separator: ":").map(String.init)
        guard let last = parts.last, last.contains(where: \.isLetter) else { return nil }
        let dot = last.firstIndex(of: ".") ?? last.endIndex
        let name = String(last[..<dot])
        if parts.count > 1, let object = names.object(named: name) { return object.qualifiedName + last[dot...] }
        // Of equally near names the one of the most used modules: they come first by object identifier.
        return NearestName.of(name, among: names.objects.lazy.map(\.name)).map { $0 + last[dot...] }
    }

    var description: String { "\(oid)" }
}
