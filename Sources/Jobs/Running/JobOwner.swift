/// A process as the records and locks of its runs name it.
///
/// Written `wardflux-1a2b3c4d@b281c7e7.effffffc:4711:689164`: a name that no other process has, and where it is known
/// after the `@` which process of which host it is. A name alone is one whose end cannot be seen.
struct JobOwner: Hashable, Sendable, CustomStringConvertible {
    /// One process of one host since that was switched on; a process id that is given anew differs in its start.
    struct Process: Hashable, Sendable {
        /// The host from its start to its end, and the process ids that are meant: `b281c7e7.effffffc`.
        var host: String
        /// The process id.
        var id: Int32
        /// When it began, in clock ticks since the host did.
        var start: UInt64
    }

    /// How a process stands.
    enum Standing: Hashable, Sendable {
        /// It is at work, and began then.
        case alive(start: UInt64)
        /// No process has the id, or what is left of it does nothing any more.
        case gone
        /// This process may not know.
        case unknown
    }

    /// Unique in the life of the process and after.
    var name: String
    /// Which process it is; nil where the name does not say.
    var process: Process?

    init(name: String, process: Process?) {
        self.name = name
        self.process = process
    }

    /// Reads what `description` wrote; any other text is a name alone.
    init(_ text: String) {
        self.init(name: text, process: nil)
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return }
        let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let id = Int32(parts[1]), id > 0, let start = UInt64(parts[2])
        else { return }
        self.init(name: String(halves[0]), process: Process(host: String(parts[0]), id: id, start: start))
    }

    /// The name with the process.
    var description: String {
        process.map { "\(name)@\($0.host):\($0.id):\($0.start)" } ?? name
    }

    /// `wardflux-1a2b3c4d, process 4711`.
    var label: String {
        process.map { "\(name), process \($0.id)" } ?? name
    }

    /// Whether the process is known to have ended: of another host nothing is known.
    ///
    /// - Parameters:
    ///   - here: The host of this process; nil where it is not known.
    ///   - standing: How the process with an id stands on this host.
    func isDead(here: String?, standing: (Int32) -> Standing) -> Bool {
        guard let process, process.host == here else { return false }
        switch standing(process.id) {
        case .alive(let start): return start != process.start
        case .gone: return true
        case .unknown: return false
        }
    }
}
