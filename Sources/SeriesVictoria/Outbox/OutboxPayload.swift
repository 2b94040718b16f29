import FoundationEssentials
import Series

/// Batches as they lie in the file.
enum OutboxPayload {
    /// The readings of a batch; nil where it is missing or damaged.
    static func entries(_ payload: Data?) -> [ReadingBatch.Entry]? {
        payload?.withUnsafeBytes { octets in try? ReadingBatch.decode(octets) }
    }
}

extension [UInt8] {
    /// The same octets as the database takes them.
    var asData: Data { Data(self) }
}
