/// Collects the body of a request.
///
/// A long body is kept only for those who may send it: who is refused is read to the end, so that the answer reaches
/// them, and nothing of it is kept.
struct BodyIntake: Sendable {
    private let octetsMax: Int
    private let admit: @Sendable () async -> APIResponse?
    private var count = 0
    private var isAdmitted = false
    /// What came so far; empty where it is refused.
    private(set) var octets: [UInt8] = []
    /// The answer to who may not send this.
    private(set) var refusal: APIResponse?

    /// An intake of at most `octetsMax`; `admit` answers who is refused, and is asked when the body gets long.
    init(octetsMax: Int, admit: @escaping @Sendable () async -> APIResponse?) {
        self.octetsMax = octetsMax
        self.admit = admit
    }

    /// Takes a piece; false where the body is too long.
    mutating func take(_ piece: some Collection<UInt8>) async -> Bool {
        count += piece.count
        guard count <= octetsMax else { return false }
        if count > BodyGate.shortBytesMax, !isAdmitted, refusal == nil {
            refusal = await admit()
            isAdmitted = refusal == nil
            if !isAdmitted { octets = [] }
        }
        if refusal == nil { octets.append(contentsOf: piece) }
        return true
    }
}
