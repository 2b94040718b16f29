/// What of a file tells that it changed.
struct FileMark: Hashable, Sendable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int64
    var node: UInt64
}

/// Decides when a file that people and programs write is read again; pure.
///
/// A file counts as changed, or gone, once two looks in a row found it so: one that is being written, or replaced, is
/// left alone.
struct RuleFileWatch: Sendable {
    /// What a look found.
    enum Verdict: Hashable, Sendable {
        /// Nothing to do.
        case nothing
        /// Another file than was read last lies there, and is not being written.
        case changed
        /// The file is gone; said once.
        case gone
    }

    private var read: FileMark?
    private var seen: FileMark?
    private var looksInVain = 0

    init(read: FileMark?) {
        self.read = read
        seen = read
    }

    /// Someone looked; nil where there is no file.
    mutating func look(_ mark: FileMark?) -> Verdict {
        guard let mark else {
            looksInVain += 1
            seen = nil
            guard looksInVain == 2 else { return .nothing }
            // Whatever comes back is read, even what was there before.
            read = nil
            return .gone
        }
        defer { seen = mark }
        looksInVain = 0
        return mark != read && mark == seen ? .changed : .nothing
    }

    /// The file was read; the mark is from before that.
    mutating func wasRead(_ mark: FileMark?) {
        read = mark
        seen = mark
        if mark != nil { looksInVain = 0 }
    }
}
