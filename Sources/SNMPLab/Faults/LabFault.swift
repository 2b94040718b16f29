/// Something to go wrong at a device, or to be put right.
public enum LabFault: Sendable, Equatable {
    /// The device answers nothing.
    case dead
    /// The device answers again, without any delay, loss, refusal, garbage or limit.
    case revived
    /// Answers come late by so many milliseconds; 0 ends it.
    case slow(milliseconds: Int)
    /// Requests are lost with this probability, 0 to 1; 0 ends it.
    case lossy(probability: Double)
    /// Requests are treated as if their community were wrong.
    case refusesCommunity(Bool)
    /// Answers are random octets.
    case garbage(Bool)
    /// Requests for more VarBinds than this are answered with tooBig; nil ends it.
    case tooBig(above: Int?)
    /// The device starts again: sysUpTime and counters at 0; with new ifIndex values if asked.
    case reboot(renumber: Bool)
    /// The agent starts again, not the device: sysUpTime at 0, counters go on.
    case warmStart
    /// Something is wrong with version 3.
    case security(LabSecurityFault)
    /// Something is wrong with what is counted.
    case counters(LabCounterFault)
    /// So many percent of all devices answer nothing, chosen by the seed; 0 ends it.
    case deadShare(percent: Double, seed: UInt64)
    /// So many percent of all requests are lost; 0 ends it.
    case lossShare(percent: Double)
    /// A cable is pulled at an interface: ifOperStatus down here and, unless `alone`, at the far end.
    case linkDown(interface: String, alone: Bool)
    /// The cable is back.
    case linkUp(interface: String, alone: Bool)
    /// A cable joins the interface and one of another device, named by address or name; the cables that were in either
    /// are pulled.
    case rewire(interface: String, otherDevice: String, otherInterface: String)
    /// The device has no power: it answers nothing and its cables go dark at their far ends; or it has it back and starts.
    case power(isOn: Bool)
    /// The manager is plugged in at the device, so that what no way leads to from there answers nothing; or is everywhere.
    case vantage(Bool)
    /// An interface leaves the tables.
    case interfaceRemoved(String)
    /// It comes back.
    case interfaceReturned(String)
    /// Somebody changes a description.
    case alias(interface: String, text: String)
    /// An Ethernet interface says halfDuplex, or fullDuplex again.
    case duplex(interface: String, isHalf: Bool)
}

extension LabFault {
    /// A fault and where it happens.
    public struct Order: Sendable, Equatable {
        /// The address, or the name, of the device.
        public var device: String
        /// What happens.
        public var fault: LabFault
    }

    /// The commands `parse` knows, one a line.
    public static let usage = """
        down DEVICE                          answers nothing
        up DEVICE                            answers again, every other complaint of DEVICE ended
        slow DEVICE MILLISECONDS             answers late; 0 ends it
        lossy DEVICE PROBABILITY             loses requests, 0 to 1; 0 ends it
        refuse DEVICE [off]                  treats every community as wrong
        garbage DEVICE [off]                 answers random octets
        too-big DEVICE N|off                 tooBig for more than N VarBinds
        reboot DEVICE [renumber]             sysUpTime and counters to 0, optionally other ifIndex values; boots + 1
        warm-start DEVICE                    sysUpTime to 0, boots + 1; counters go on
        link-down DEVICE INTERFACE [alone]   cable pulled; the far end goes down too unless `alone`
        link-up DEVICE INTERFACE [alone]     cable back
        rewire DEVICE INTERFACE OTHER-DEVICE OTHER-INTERFACE
                                             a cable joins the two; what was in either is unplugged
        power-off DEVICE                     no power: answers nothing, its cables go dark at their far ends
        power-on DEVICE                      power is back, it starts
        vantage DEVICE [off]                 devices that no way leads to from DEVICE answer nothing
        remove DEVICE INTERFACE              interface leaves the tables
        return DEVICE INTERFACE              interface comes back
        alias DEVICE INTERFACE TEXT...       ifAlias changed
        duplex DEVICE INTERFACE half|full    dot3StatsDuplexStatus changed
        \(LabCounterFault.usage)
        \(LabSecurityFault.usage)
        dead-percent P [SEED]                so many percent of all devices answer nothing; 0 ends it
        loss-percent P                       so many percent of all requests are lost; 0 ends it
        DEVICE is an address or a name; INTERFACE an ifName, ifDescr or ifIndex.
        """

    /// Reads a command such as `reboot 127.1.0.5 renumber` or `link-down 127.1.0.5 Gi0/1`.
    ///
    /// - Throws: `LabError` with code `badFault`, naming the word that is wrong and the form expected.
    public static func parse(_ command: some StringProtocol) throws(LabError) -> Order {
        let words = command.split { (character: Character) in character.isWhitespace }.map { String($0) }
        guard words.count >= 2 else {
            throw LabError(
                .badFault, "'\(command)' is no fault: write a command and a device, such as 'down 127.1.0.5'")
        }
        if let share = try share(words[0], Array(words.dropFirst())) { return Order(device: "*", fault: share) }
        let rest = Array(words.dropFirst(2))
        guard let fault = try fault(words[0], rest) else {
            throw LabError(.badFault, "'\(command)' is no fault; the commands are:\n\(usage)")
        }
        return Order(device: words[1], fault: fault)
    }

    private static func fault(_ verb: String, _ rest: [String]) throws(LabError) -> LabFault? {
        switch (verb, rest.count) {
        case ("down", 0): return .dead
        case ("up", 0): return .revived
        case ("slow", 1): return .slow(milliseconds: try number(rest[0], "milliseconds", 0...600_000))
        case ("lossy", 1): return .lossy(probability: try probability(rest[0]))
        case ("refuse", 0...1): return .refusesCommunity(try isOn(rest))
        case ("garbage", 0...1): return .garbage(try isOn(rest))
        case ("too-big", 1):
            return .tooBig(above: rest[0] == "off" ? nil : try number(rest[0], "a number of VarBinds", 0...65_535))
        case ("reboot", 0...1): return .reboot(renumber: try flag(rest, "renumber"))
        case ("warm-start", 0): return .warmStart
        case ("v3", _): return try LabSecurityFault.parse(rest).map { .security($0) }
        case ("link-down", 1...2): return .linkDown(interface: rest[0], alone: try flag(rest.dropFirst(), "alone"))
        case ("link-up", 1...2): return .linkUp(interface: rest[0], alone: try flag(rest.dropFirst(), "alone"))
        case ("rewire", 3): return .rewire(interface: rest[0], otherDevice: rest[1], otherInterface: rest[2])
        case ("power-off", 0): return .power(isOn: false)
        case ("power-on", 0): return .power(isOn: true)
        case ("vantage", 0...1): return .vantage(try isOn(rest))
        case ("remove", 1): return .interfaceRemoved(rest[0])
        case ("return", 1): return .interfaceReturned(rest[0])
        case ("alias", 1...):
            return .alias(interface: rest[0], text: rest.dropFirst().joined(separator: " "))
        case ("duplex", 2): return .duplex(interface: rest[0], isHalf: try isHalf(rest[1]))
        default: return try LabCounterFault.parse(verb, rest).map { .counters($0) }
        }
    }

    /// Faults of the whole network.
    private static func share(_ verb: String, _ rest: [String]) throws(LabError) -> LabFault? {
        guard verb == "dead-percent" || verb == "loss-percent" else { return nil }
        guard let word = rest.first, let percent = Double(word), (0...100).contains(percent), rest.count <= 2 else {
            throw LabError(.badFault, "'\(verb)' takes a percentage from 0 to 100")
        }
        if verb == "loss-percent" && rest.count == 1 { return .lossShare(percent: percent) }
        guard verb == "dead-percent", let seed = rest.count == 2 ? UInt64(rest[1]) : 1 else {
            throw LabError(.badFault, "'\(rest.last ?? "")' is no seed")
        }
        return .deadShare(percent: percent, seed: seed)
    }

    /// What a fault of the whole network changes; nil for a fault of one device.
    var share: ((inout NetworkFaults) -> Void)? {
        switch self {
        case .deadShare(let percent, let seed):
            {
                $0.deadShare = percent / 100
                $0.seed = seed
            }
        case .lossShare(let percent): { $0.lossShare = percent / 100 }
        default: nil
        }
    }

    static func number(_ word: String, _ what: String, _ range: ClosedRange<Int>) throws(LabError) -> Int {
        guard let value = Int(word), range.contains(value) else {
            throw LabError(.badFault, "'\(word)' is not \(what) from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private static func probability(_ word: String) throws(LabError) -> Double {
        guard let value = Double(word), (0...1).contains(value) else {
            throw LabError(.badFault, "'\(word)' is not a probability from 0 to 1")
        }
        return value
    }

    private static func isHalf(_ word: String) throws(LabError) -> Bool {
        guard word == "half" || word == "full" else { throw LabError(.badFault, "'\(word)' is not 'half' or 'full'") }
        return word == "half"
    }

    private static func isOn(_ words: [String]) throws(LabError) -> Bool {
        try !flag(words[...], "off")
    }

    static func flag(_ words: [String], _ word: String) throws(LabError) -> Bool {
        try flag(words[...], word)
    }

    private static func flag(_ words: ArraySlice<String>, _ word: String) throws(LabError) -> Bool {
        guard let first = words.first else { return false }
        guard first == word else { throw LabError(.badFault, "'\(first)' is not '\(word)'") }
        return true
    }
}
