/// Values by key, bounded: when there are too many, those that were not used for the longest time go, half of them at
/// most.
///
/// Two generations are kept. What is used moves to the young one; when that is full, the old one is forgotten and takes
/// its place.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let generationMax: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    init(countMax: Int) { generationMax = max(1, countMax / 2) }

    var count: Int { young.count + old.count }

    /// The value of a key; using it keeps it.
    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            insert(value, key)
            return value
        }
        set {
            old[key] = nil
            guard let newValue else {
                young[key] = nil
                return
            }
            if young[key] == nil { insert(newValue, key) } else { young[key] = newValue }
        }
    }

    private mutating func insert(_ value: Value, _ key: Key) {
        if young.count >= generationMax {
            old = young
            young = [:]
        }
        young[key] = value
    }
}
