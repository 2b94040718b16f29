/// Values many devices have in common, kept once each and known by their place.
///
/// A place is given up with its last use.
struct SharedValues<Value: Hashable> {
    private var values: [Value] = []
    private var users: [Int32] = []
    /// How many values a place has had.
    private var turns: [UInt32] = []
    private var free: [Int32] = []
    private var places: [Value: Int32] = [:]

    init() {}

    var count: Int { places.count }

    subscript(place: Int) -> Value { values[place] }

    /// Tells the value of a place from those it had before and from all others.
    func stamp(of place: Int) -> UInt64 { UInt64(place) << 32 | UInt64(turns[place]) }

    /// The place of a value; each call wants a `release`.
    mutating func acquire(_ value: Value) -> Int {
        if let place = places[value].map(Int.init) {
            users[place] += 1
            return place
        }
        let place: Int
        if let vacant = free.popLast() {
            place = Int(vacant)
            values[place] = value
            users[place] = 1
            turns[place] &+= 1
        } else {
            place = values.count
            values.append(value)
            users.append(1)
            turns.append(0)
        }
        places[value] = Int32(place)
        return place
    }

    /// Ends one use of a place.
    mutating func release(_ place: Int) {
        users[place] -= 1
        guard users[place] == 0 else { return }
        places[values[place]] = nil
        free.append(Int32(place))
    }
}
