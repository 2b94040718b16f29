import Inventory
import Series
import Traffic

/// What libFuzzer calls with each input: the first octet says which block the others are the body of.
///
/// The checksum is put right, so that what is behind it is reached. A trap, a sanitizer's word, or readings that
/// decode, encode, and then decode to something else are findings.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let body = Array(UnsafeBufferPointer(start: start, count: count).dropFirst())
    let checksum = Checksum.crc32c(body)
    let octets = body + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> UInt32($0 * 8)) }
    switch start[0] % 3 {
    case 0: readBlock(octets)
    case 1: readBatch(octets)
    default: readRollups(octets)
    }
    return 0
}

/// The readings of a block; nil where it is refused.
private func readings(_ octets: [UInt8], _ counters: CounterSet) -> [CounterReading]? {
    var readings: [CounterReading] = []
    let isRead: Void? = try? octets.withUnsafeBytes {
        try ReadingBlock.decode($0, counters: counters, into: &readings)
    }
    return isRead == nil ? nil : readings
}

private func readBlock(_ octets: [UInt8]) {
    _ = readings(octets, .octets)
    _ = try? octets.withUnsafeBytes { try ReadingBlock.extent($0) }
    guard let found = readings(octets, .all), found.count <= 10_000 else { return }
    guard readings(ReadingBlock.encode(found), .all) == found else {
        fatalError("a block does not come back: \(found)")
    }
}

private func readBatch(_ octets: [UInt8]) {
    guard let found = try? octets.withUnsafeBytes({ try ReadingBatch.decode($0) }) else { return }
    let again = try? ReadingBatch.encode(found[...]).withUnsafeBytes { try ReadingBatch.decode($0) }
    guard again == found else { fatalError("a batch does not come back: \(found)") }
}

private func readRollups(_ octets: [UInt8]) {
    var hours: [HourlyRollup] = []
    guard (try? octets.withUnsafeBytes({ try RollupBlock.decode($0, into: &hours) })) != nil else { return }
    var again: [HourlyRollup] = []
    let isRead: Void? = try? RollupBlock.encode(hours).withUnsafeBytes { try RollupBlock.decode($0, into: &again) }
    guard isRead != nil, again.map(\.hour) == hours.map(\.hour) else { fatalError("hours do not come back: \(hours)") }
}
