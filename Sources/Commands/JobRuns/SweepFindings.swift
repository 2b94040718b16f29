/// The devices that answered a sweep, as the message of its run names them.
///
/// The message is `3 of 254 addresses answered, 1 of them new: ` and then `10.0.0.7 SW-7 (profile default, new), …`; the
/// server names at most 50 and ends with `and 9 more`, all of them are in its log.
struct SweepFindings: Sendable, Hashable {
    /// What stands before the devices: how many answered, how many are new.
    private(set) var counts: String
    /// An object for each device, with address, name, profile and standing.
    private(set) var rows: [JSONValue] = []
    /// How many more answered than are named.
    private(set) var unnamed: Int64 = 0

    private static let standings = ["known", "known at another address", "new"]

    /// Reads the message of a run.
    init(message: String, answered: Int64) {
        guard let colon = message.firstRange(of: ": ") else {
            counts = message
            return
        }
        counts = String(message[..<colon.lowerBound])
        var rest = message[colon.upperBound...]
        while let (finding, after) = Self.next(in: rest) {
            rows.append(finding)
            rest = after
            guard rest.hasPrefix(", ") else { break }
            rest = rest.dropFirst(2)
        }
        unnamed = max(0, answered - Int64(rows.count))
    }

    /// The first device of a list, and what follows it; nil where there is none.
    private static func next(in text: Substring) -> (JSONValue, Substring)? {
        let ends = standings.compactMap { standing in
            text.firstRange(of: ", \(standing))").map { (range: $0, standing: standing) }
        }
        guard let end = ends.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else { return nil }
        let finding = text[..<end.range.lowerBound]
        // A name may hold anything, a profile no bracket: the last one counts.
        guard let profile = finding.ranges(of: " (profile ").last else { return nil }
        let device = finding[..<profile.lowerBound]
        let address = device.prefix { $0 != " " }
        let row: JSONValue = [
            "address": .string(String(address)), "name": .string(String(device.dropFirst(address.count + 1))),
            "profile": .string(String(finding[profile.upperBound...])), "standing": .string(end.standing),
        ]
        return (row, text[end.range.upperBound...])
    }
}
