/// Where the state of detection is kept from one start to the next.
public protocol DetectionStateStore: Sendable {
    /// Whether this process keeps states; one that does not only reads them, and learns nothing anew.
    var isKept: Bool { get }

    /// Opens what was kept last; nil where nothing was.
    func reader() throws -> (any DetectionStateReader)?

    /// Begins to keep another state; what was kept before stays until it is committed.
    func writer() throws -> any DetectionStateWriter
}

/// Reads what was kept, piece by piece.
public protocol DetectionStateReader {
    /// The next octets; fewer at the end, none after it.
    func next(_ count: Int) throws -> [UInt8]
}

/// Writes what is to be kept, piece by piece.
public protocol DetectionStateWriter: Sendable {
    /// Adds octets.
    func append(_ octets: [UInt8]) throws

    /// Puts all of it in the place of what was kept before, as a whole, durably.
    func commit() throws

    /// Gives up: what was kept before stays.
    func abandon()
}

/// Why a kept state cannot be used.
struct DetectionStateError: Error, CustomStringConvertible {
    var description: String

    init(_ reason: String) { description = reason }
}
