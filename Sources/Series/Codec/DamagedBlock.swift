/// A block of octets that is not what was written: nothing of it may be used.
public struct DamagedBlock: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public var reason: String

    /// A block with this fault.
    public init(reason: String) {
        self.reason = reason
    }

    /// The fault in words.
    public var description: String { "damaged block: \(reason)" }
}
