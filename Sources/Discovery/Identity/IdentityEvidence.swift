/// A sign for or against two rows being one interface, with its weight in points.
///
/// The weights are chosen so that one strong sign, or several weak ones, outweigh the contradictions that renaming,
/// renumbering and re-slotting cause; `docs/identity.md` gives the reasons and works the cases through.
public enum IdentityEvidence: String, CaseIterable, Sendable, Hashable, Codable {
    /// ifName is equal and occurs once on both sides.
    case uniqueName
    /// ifName is equal and occurs several times.
    case sharedName
    /// ifPhysAddress is equal and occurs once on both sides.
    case uniquePhysAddress
    /// ifPhysAddress is equal and occurs several times, or is that of a VLAN interface or bundle, which borrow one.
    case sharedPhysAddress
    /// ifDescr is equal and occurs once on both sides, and ifName is not equal: it says more than ifName does.
    case uniqueDescr
    /// ifDescr is equal, and either occurs several times or only says again what ifName says.
    case sharedDescr
    /// ifAlias is equal, not empty, and occurs once on both sides.
    case uniqueAlias
    /// ifAlias is equal, not empty, and occurs several times.
    case sharedAlias
    /// ifIndex is equal.
    case sameIndex
    /// ifType is equal.
    case sameType
    /// ifName differs.
    case otherName
    /// ifDescr differs.
    case otherDescr
    /// ifPhysAddress differs.
    case otherPhysAddress
    /// ifType differs.
    case otherType
    /// All rows of these names were renumbered together, and this one is at the same place in the order of ifIndex.
    case samePlaceAmongEquals

    /// Points for (positive) or against (negative).
    public var weight: Int {
        switch self {
        case .uniqueName: return 40
        case .uniquePhysAddress: return 35
        case .uniqueDescr: return 30
        case .uniqueAlias: return 18
        case .sameIndex, .samePlaceAmongEquals: return 15
        case .sameType: return 5
        case .sharedName: return 4
        case .sharedDescr, .sharedAlias, .sharedPhysAddress: return 3
        case .otherName, .otherDescr, .otherType: return -10
        case .otherPhysAddress: return -20
        }
    }

    /// The fewest points that make two rows one interface.
    public static let weightMin = 15
}
