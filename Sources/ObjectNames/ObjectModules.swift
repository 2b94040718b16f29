/// The modules as texts, in the order they build on each other.
///
/// A text has one definition a line, fields apart by spaces:
///
/// - `module IF-MIB` begins a module.
/// - `enum Name 1 up down gone=5` names the values of an enumeration from a first number on; `bits` those of a BITS.
/// - `name parent.1.2 [syntax]` is a node below another one; the first arcs stand under numbers alone.
/// - `name parent.1 table entry` is a table and its entry; what follows are the entry's columns.
/// - a line that begins with a space is the next child of the last node, or goes on with an enumeration's names; `=8`
///   before a child's name is its number.
///
/// Syntaxes are `int`, `gauge`, `counter`, `counter64`, `ticks`, `oid`, `ip`, `text`, `octets`, `mac`, `date`,
/// `notification`, or the name of an enumeration.
enum ObjectModules {
    static let all = [
        roots, system, framework, interfaceTypes, interfaces, etherLike, internet, host, bridges, entities, lldp,
        lldpV2, cisco,
    ]
}
