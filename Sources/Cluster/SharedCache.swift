/// Answers that are dear to make, kept for a short time for all processes; without it everything works, more slowly.
public protocol SharedCache: Sendable {
    /// What is kept under a key; nil where nothing is, or it cannot be asked.
    func value(of key: String) async -> [UInt8]?

    /// Keeps a value for some seconds; nothing happens where it cannot be kept.
    func keep(_ value: [UInt8], as key: String, seconds: Double) async
}
