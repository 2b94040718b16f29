/// A request to the server.
struct VictoriaRequest: Sendable {
    /// Its path, such as `/metrics`, with its query.
    var path: String
    /// What is posted; nil for GET.
    var body: [UInt8]?
    /// The type of the body.
    var contentType = "text/plain"
    /// How long it may take as a whole.
    var timeoutSeconds = 10
    /// Octets of answer that are read at most.
    var answerOctetsMax = 1 << 20
}

/// A request that got no answer; the text never holds the address.
struct VictoriaFailure: Error, Sendable, Hashable {
    /// Why, such as `connection refused`.
    var reason: String
    /// Whether the answer had more octets than were to be read.
    var isTooLong = false
}

/// What `take` threw while an answer was read.
struct AnswerNotTaken: Error {
    /// The error.
    var error: any Error
}

/// The way to a server; a test scripts its own.
protocol VictoriaTransport: Sendable {
    /// Sends a request and hands the answer over piece by piece; returns its status.
    ///
    /// Throws `VictoriaFailure` where there is no whole answer, `AnswerNotTaken` where `take` threw.
    func exchange(
        _ request: VictoriaRequest, _ take: (_ status: Int, _ piece: ArraySlice<UInt8>) throws -> Void
    ) async throws -> Int

    /// Closes all connections.
    func close() async
}

extension VictoriaTransport {
    /// Sends a request and collects the answer.
    func exchange(_ request: VictoriaRequest) async throws(VictoriaFailure) -> (status: Int, body: [UInt8]) {
        var body: [UInt8] = []
        do {
            let status = try await exchange(request) { _, piece in body.append(contentsOf: piece) }
            return (status, body)
        } catch let failure as VictoriaFailure {
            throw failure
        } catch {
            throw VictoriaFailure(reason: "the answer could not be read")
        }
    }
}
