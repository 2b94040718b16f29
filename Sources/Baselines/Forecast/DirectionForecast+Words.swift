extension DirectionForecast: CustomStringConvertible {
    /// The forecast as a sentence.
    ///
    /// `Reaches capacity about 2027-03-04 (9 times of 10 between 2027-01-20 and 2027-05-11).`
    public var description: String {
        switch outcome {
        case .reaches:
            let ends = "between \(earliest ?? "now") and \(latest ?? "a day beyond five years")"
            return "Reaches capacity about \(date ?? "") (9 times of 10 \(ends))."
        case .alreadyThere: return "The busy hour is already at 95 % of the capacity or above."
        case .beyondHorizon:
            let hint = earliest.map { ", \($0) at the earliest" } ?? ""
            return "It grows, but at this pace reaches capacity in more than five years\(hint)."
        case .notGrowing: return "Not growing: no growth stands out from the differences between days."
        case .tooLittleHistory: return "Too little history: \(days) of \(Self.daysNeeded) days."
        case .capacityUnknown: return "The capacity is not known: set it, or let the device report its line speed."
        }
    }

    /// How soon something is to be done: the lower the sooner; then by date.
    ///
    /// The rank is 0 where the line is full, 1 where there is a date, and rises to 5 where nothing can be said.
    public var urgency: (rank: Int, date: String) {
        switch outcome {
        case .alreadyThere: (0, "")
        case .reaches: (1, date ?? "")
        case .beyondHorizon: (2, earliest ?? "9999")
        case .notGrowing: (3, "")
        case .tooLittleHistory: (4, "")
        case .capacityUnknown: (5, "")
        }
    }
}
