/// Which devices bear a key: few of them, however many there are.
struct Owners<Key: Hashable> {
    private var first: [Key: Int32] = [:]
    private var others: [Key: Sharers] = [:]

    private struct Sharers {
        var devices: [Int32]
        var count: Int
    }

    init() {}

    mutating func reserve(_ count: Int) {
        first.reserveCapacity(count)
    }

    /// Adds a device; devices come in rising order, one device's keys in any number and order.
    mutating func insert(_ key: Key, _ device: Int32) {
        guard let already = first[key] else {
            first[key] = device
            return
        }
        guard already != device else { return }
        guard var sharers = others[key] else {
            others[key] = Sharers(devices: [already, device], count: 2)
            return
        }
        guard sharers.devices.last != device else { return }
        sharers.count += 1
        if sharers.devices.count <= MatchWeight.sharersMax {
            sharers.devices.append(device)
        } else {
            sharers.devices[sharers.devices.count - 1] = device
        }
        others[key] = sharers
    }

    /// The devices of a key, at most `sharersMax` of them, and how many there are.
    subscript(key: Key) -> (devices: [Int32], count: Int) {
        guard let one = first[key] else { return ([], 0) }
        guard let sharers = others[key] else { return ([one], 1) }
        return (Array(sharers.devices.prefix(MatchWeight.sharersMax)), sharers.count)
    }

    /// The device of a key that no other bears.
    func only(_ key: Key) -> Int32? {
        guard let one = first[key], others[key] == nil else { return nil }
        return one
    }

    /// Keys that several devices bear, in no order.
    var shared: [(key: Key, devices: [Int32], count: Int)] {
        others.map { ($0.key, Array($0.value.devices.prefix(MatchWeight.sharersMax)), $0.value.count) }
    }
}
