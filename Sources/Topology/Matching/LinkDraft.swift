import Inventory

/// A cable in the making, by numbers of devices and interfaces.
struct LinkDraft {
    /// One end of it.
    struct End {
        /// The device; nil for a stranger.
        var device: Int?
        /// The interface; nil where it is not known.
        var port: Int?
        /// Rows that this end's device tells.
        var rows: [Int] = []
    }

    var a: End
    var b: End
    /// What a stranger, or a port that is not known, is called, by the row that speaks for it.
    var words: Words
    /// The two ends name ports that do not fit.
    var portsDisagree = false
    /// It shares a port with another cable, which nothing explains.
    var sharesPort = false
    /// The operator's links that say the same.
    var manual: [ManualLink] = []

    struct Words {
        /// The word of the device at `a` for its port.
        var aPort: String?
        /// The name of the stranger at `b`.
        var bName: String?
        /// What the port at `b` is called.
        var bPort: String?
    }

    /// All rows that speak of it.
    var rows: [Int] { a.rows + b.rows }

    /// The end at a device's interface.
    func end(at port: Int) -> End? {
        if a.port == port { return a }
        return b.port == port ? b : nil
    }

    /// The end across from it.
    func end(acrossFrom port: Int) -> End? {
        if a.port == port { return b }
        return b.port == port ? a : nil
    }
}

extension LinkDraft {
    /// What one side tells alone.
    init(_ told: Testimony, _ rows: [Neighbour]) {
        a = End(device: told.near, port: told.nearPort, rows: told.rows)
        b = End(device: told.far, port: told.farPort)
        words = Words(aPort: told.nearWord)
        if let first = told.rows.first {
            words.bName =
                told.rows.lazy.compactMap { rows[$0].reading.systemName }.first
                ?? rows[first].reading.displayName
            words.bPort = told.rows.lazy.compactMap { rows[$0].reading.displayPort }.first
        }
        portsDisagree = told.namesSeveralPorts
    }

    /// What both sides tell: each knows best on which interface it hears.
    init(_ told: Testimony, _ back: Testimony, disagree: Bool = false) {
        a = End(device: told.near, port: told.nearPort ?? back.farPort, rows: told.rows)
        b = End(device: back.near, port: back.nearPort ?? told.farPort, rows: back.rows)
        words = Words(aPort: told.nearWord, bPort: back.nearWord)
        portsDisagree = disagree || told.namesSeveralPorts || back.namesSeveralPorts
    }
}
