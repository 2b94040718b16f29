public import Inventory

/// Which times are excluded, for whom: looked up for many interfaces from the rows as they are stored.
public struct ExclusionIndex: Sendable, Hashable {
    private var ofAll: [Range<Timestamp>] = []
    private var byDevice: [DeviceID: [Range<Timestamp>]] = [:]
    private var byInterface: [InterfaceID: [Range<Timestamp>]] = [:]
    private var byTag: [String: [Range<Timestamp>]] = [:]

    /// An index of exclusions; those that end before they begin exclude nothing.
    public init(_ exclusions: [BaselineExclusion] = []) {
        for exclusion in exclusions where exclusion.from < exclusion.to {
            let range = exclusion.from..<exclusion.to
            switch exclusion.scope {
            case .all: ofAll.append(range)
            case .device(let id): byDevice[id, default: []].append(range)
            case .interface(let id): byInterface[id, default: []].append(range)
            case .tag(let tag): byTag[tag, default: []].append(range)
            }
        }
    }

    /// Whether nothing is excluded.
    public var isEmpty: Bool { ofAll.isEmpty && byDevice.isEmpty && byInterface.isEmpty && byTag.isEmpty }

    /// The times excluded for an interface: everywhere, on its device, by a tag of the device, or for itself.
    public func times(of interface: InterfaceID, on device: DeviceID, tags: [String]) -> ExcludedTimes {
        guard !isEmpty else { return ExcludedTimes() }
        var ranges = ofAll
        if let more = byDevice[device] { ranges += more }
        if let more = byInterface[interface] { ranges += more }
        for tag in tags { if let more = byTag[tag] { ranges += more } }
        return ExcludedTimes(ranges)
    }
}

/// Times that are neither alarmed nor learnt from, apart from each other and in order.
public struct ExcludedTimes: Sendable, Hashable {
    /// The times, in order; none touches the next.
    public private(set) var ranges: [Range<Timestamp>] = []

    /// None.
    public init() {}

    /// Times in any order, which may overlap; empty ones are left out.
    public init(_ times: [Range<Timestamp>]) {
        for time in times.sorted(by: { $0.lowerBound < $1.lowerBound }) where !time.isEmpty {
            if let last = ranges.last, time.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, time.upperBound)
            } else {
                ranges.append(time)
            }
        }
    }

    /// Whether nothing is excluded.
    public var isEmpty: Bool { ranges.isEmpty }

    /// Whether a moment is excluded: from the first of a time to before its end.
    public func contains(_ moment: Timestamp) -> Bool {
        guard let range = lastRange(beginningBefore: moment.advancedByOne) else { return false }
        return range.contains(moment)
    }

    /// Whether any of a span or its end is excluded, such as that between two readings: its rate is no ordinary one.
    public func overlaps(from start: Timestamp, to end: Timestamp) -> Bool {
        guard start <= end, let range = lastRange(beginningBefore: end.advancedByOne) else { return false }
        return range.upperBound > start
    }

    /// The last time that begins before a moment.
    private func lastRange(beginningBefore moment: Timestamp) -> Range<Timestamp>? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < moment { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? ranges[low - 1] : nil
    }
}

extension Timestamp {
    /// The next moment there is.
    fileprivate var advancedByOne: Timestamp {
        Timestamp(milliseconds: milliseconds == .max ? .max : milliseconds + 1)
    }
}
