/// A hashed timing wheel: one timer for each key, started and stopped in constant time.
///
/// Pure: time is an argument.
///
/// Time is in milliseconds; a timer fires at its deadline or up to one tick after it. Deadlines further away than one
/// turn of 2048 ticks stay in their place and are passed over until they are due.
struct TimerWheel: ~Copyable, Sendable {
    /// How exact the wheel is: coarse ticks wake the thread less often and fire more timers together.
    let tickMilliseconds: UInt64
    private static let places = 2048
    private static let none: Int32 = -1

    private var heads = FixedMemory(repeating: none, count: places)
    private var occupied = FixedMemory<UInt64>(repeating: 0, count: places / 64)
    private var next: FixedMemory<Int32>
    private var previous: FixedMemory<Int32>
    private var deadlines: FixedMemory<UInt64>
    /// The keys there is room for.
    var capacity: Int { deadlines.count }
    /// The first tick that has not been looked at.
    private var tick: UInt64
    private(set) var count = 0

    /// Makes a wheel for keys 0 to `capacity - 1`.
    init(capacity: Int, now: UInt64, tickMilliseconds: UInt64 = 4) {
        self.tickMilliseconds = tickMilliseconds
        next = FixedMemory(repeating: Self.none, count: capacity)
        previous = FixedMemory(repeating: Self.none, count: capacity)
        deadlines = FixedMemory(repeating: UInt64.max, count: capacity)
        tick = now / tickMilliseconds
    }

    /// Makes room for keys up to `capacity - 1`.
    mutating func grow(to capacity: Int) {
        guard capacity > deadlines.count else { return }
        next = next.grown(to: capacity, with: Self.none)
        previous = previous.grown(to: capacity, with: Self.none)
        deadlines = deadlines.grown(to: capacity, with: UInt64.max)
    }

    private func place(_ deadline: UInt64, notBefore tick: UInt64) -> Int {
        let due = max((deadline + tickMilliseconds - 1) / tickMilliseconds, tick)
        return Int(due % UInt64(Self.places))
    }

    /// Starts or restarts a key's timer.
    mutating func schedule(_ key: Int, at deadline: UInt64) {
        cancel(key)
        deadlines[key] = deadline
        let place = place(deadline, notBefore: tick)
        let head = heads[place]
        next[key] = head
        previous[key] = Self.none - 1 - Int32(place)
        if head >= 0 { previous[Int(head)] = Int32(key) }
        heads[place] = Int32(key)
        occupied[place >> 6] |= 1 << UInt64(place & 63)
        count += 1
    }

    /// Stops a key's timer, if it runs.
    mutating func cancel(_ key: Int) {
        guard deadlines[key] != UInt64.max else { return }
        deadlines[key] = UInt64.max
        count -= 1
        let after = next[key]
        let before = previous[key]
        if after >= 0 { previous[Int(after)] = before }
        if before >= 0 {
            next[Int(before)] = after
        } else {
            let place = Int(Self.none - 1 - before)
            heads[place] = after
            if after < 0 { occupied[place >> 6] &= ~(1 << UInt64(place & 63)) }
        }
    }

    /// Stops every timer that is due and appends its key.
    mutating func advance(to now: UInt64, fired: inout [Int]) {
        let last = now / tickMilliseconds
        guard last >= tick else { return }
        if count > 0 {
            let steps = min(last - tick + 1, UInt64(Self.places))
            for step in 0..<steps { collect(Int((tick + step) % UInt64(Self.places)), now, &fired) }
        }
        tick = last + 1
    }

    private mutating func collect(_ place: Int, _ now: UInt64, _ fired: inout [Int]) {
        var key = heads[place]
        while key >= 0 {
            let after = next[Int(key)]
            if deadlines[Int(key)] <= now {
                cancel(Int(key))
                fired.append(Int(key))
            }
            key = after
        }
    }

    /// How long nothing can be due, at most one turn of the wheel; nil if no timer runs.
    func millisecondsToNext(from now: UInt64) -> UInt64? {
        guard count > 0 else { return nil }
        let start = Int(tick % UInt64(Self.places))
        var distance = 0
        while distance < Self.places {
            let place = (start + distance) % Self.places
            let word = occupied[place >> 6] >> UInt64(place & 63)
            if word != 0 {
                let due = (tick + UInt64(distance + word.trailingZeroBitCount)) * tickMilliseconds
                return due > now ? due - now : 0
            }
            distance += 64 - (place & 63)
        }
        return UInt64(Self.places) * tickMilliseconds
    }
}
