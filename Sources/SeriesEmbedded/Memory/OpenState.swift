import Inventory

/// What the store holds in memory; changed by the writing thread alone, copied by scans.
struct OpenState: Sendable {
    var directory = InterfaceDirectory()
    var chunks: [Chunk: OpenChunk] = [:]
    /// Chunks whose readings are in blocks and never in the log again.
    var sealed: Set<Chunk> = []
    var tally = Tally()
    var oldest: Timestamp?
    var newestOfAll: Timestamp?
    /// The time of each interface's newest reading, by number.
    private var newest: [Newest] = []

    /// What is known of the newest reading of an interface.
    enum Newest: Sendable, Hashable {
        /// It was not looked for yet.
        case unknown
        /// There is none.
        case none
        case at(Timestamp)
    }

    init() {}

    func newest(of number: UInt32) -> Newest {
        Int(number) < newest.count ? newest[Int(number)] : .unknown
    }

    mutating func setNewest(_ number: UInt32, _ value: Newest) {
        while newest.count <= Int(number) { newest.append(.unknown) }
        newest[Int(number)] = value
        if case .at(let time) = value { noteTime(time) }
    }

    /// Notes a reading that was stored, wherever it went.
    mutating func noteStored(_ number: UInt32, _ time: Timestamp) {
        switch newest(of: number) {
        case .unknown: noteTime(time)
        case .none: setNewest(number, .at(time))
        case .at(let there): if there < time { setNewest(number, .at(time)) } else { noteTime(time) }
        }
    }

    /// Notes the last reading of an interface in one of the latest sealed chunks.
    mutating func noteFound(_ number: UInt32, _ time: Timestamp) {
        if case .at(let there) = newest(of: number), there >= time { return }
        setNewest(number, .at(time))
    }

    /// Puts a reading that is in the log into its chunk.
    mutating func put(_ number: UInt32, _ reading: CounterReading, in chunk: Chunk) {
        chunks[chunk, default: OpenChunk()].put(number, reading)
        switch newest(of: number) {
        case .at(let there) where there >= reading.at: noteTime(reading.at)
        default: setNewest(number, .at(reading.at))
        }
    }

    /// Puts several readings of an interface, ascending by time, into their chunk.
    mutating func put(_ number: UInt32, _ readings: [CounterReading], in chunk: Chunk) {
        guard let first = readings.first, let last = readings.last else { return }
        if readings.count == 1 { return put(number, first, in: chunk) }
        chunks[chunk, default: OpenChunk()].put(number, readings)
        noteTime(first.at)
        switch newest(of: number) {
        case .at(let there) where there >= last.at: break
        default: setNewest(number, .at(last.at))
        }
    }

    /// Notes the time of a reading that was stored in a block.
    mutating func noteTimeStored(_ time: Timestamp) {
        noteTime(time)
    }

    private mutating func noteTime(_ time: Timestamp) {
        if newestOfAll.map({ $0 < time }) ?? true { newestOfAll = time }
        if oldest.map({ time < $0 }) ?? true { oldest = time }
    }
}

/// What happened since the store was opened.
struct Tally: Sendable, Hashable {
    var accepted = 0
    var repeated = 0
    var refused = 0
    var merged = 0
    var appends = 0
    var appendFailures = 0
    var sealedBlocks = 0
    var dayBlocks = 0
    var removedFiles = 0
    var damagedBlocks = 0
    /// Keys of damaged blocks that were counted; bounded.
    var damagedKeys: Set<DamagedKey> = []
    /// What was lost or put aside, the first few.
    var troubles: [String] = []
    /// Why appends fail at the moment; nil where they do not.
    var failing: String?

    /// One block of one file.
    struct DamagedKey: Sendable, Hashable {
        var kind: BlockFileName.Kind
        var key: Int64
    }

    mutating func noteDamaged(_ kind: BlockFileName.Kind, _ key: Int64) {
        guard damagedKeys.count < 10_000, damagedKeys.insert(DamagedKey(kind: kind, key: key)).inserted else { return }
        damagedBlocks += 1
    }

    mutating func noteTrouble(_ text: String) {
        if troubles.count < 8, !troubles.contains(text) { troubles.append(text) }
    }
}
