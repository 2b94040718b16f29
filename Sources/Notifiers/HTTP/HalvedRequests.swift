/// Requests for many things: together, or where that is too much for the receiver, in halves.
enum HalvedRequests {
    /// Sends all of a range; what is refused for good does not keep the rest from being sent.
    static func send(
        _ range: Range<Int>, _ request: (Range<Int>) async throws(NotifierError) -> Void
    ) async throws(NotifierError) {
        do throws(NotifierError) {
            return try await request(range)
        } catch {
            guard error.isTooLong, range.count > 1 else { throw error }
        }
        let middle = range.lowerBound + range.count / 2
        var refusal: NotifierError?
        for half in [range.lowerBound..<middle, middle..<range.upperBound] {
            do throws(NotifierError) {
                try await send(half, request)
            } catch {
                guard error.isLasting else { throw error }
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
    }
}
