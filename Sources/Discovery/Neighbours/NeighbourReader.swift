public import SNMP

/// Reads one device's neighbours: a thin shell that asks in two rounds, and hands the answers to `NeighbourDecoding`.
public struct NeighbourReader: Sendable {
    private let poll: @Sendable (TableRequest) async throws(SNMPError) -> Table

    /// A reader of the device that `poll` asks.
    public init(poll: @escaping @Sendable (TableRequest) async throws(SNMPError) -> Table) {
        self.poll = poll
    }

    /// A reader of the device behind a target.
    public init(_ target: Target, engine: Engine) {
        self.init { request async throws(SNMPError) in try await engine.table(request, from: target) }
    }

    /// Reads the neighbours and what the device says of itself.
    ///
    /// The second round asks the vendors' own tables, and only of devices that may have them. Throws where the device
    /// did not answer at all; tables that were not read to their end are in `failed`, and lose the others nothing.
    ///
    /// - Parameter known: What was read of the device just before; columns that are in it are not asked for again.
    public func read(
        options: NeighbourOptions = NeighbourOptions(), knowing known: NeighbourAnswer = NeighbourAnswer()
    ) async throws(SNMPError) -> DeviceNeighbours {
        var answer = known
        let first = NeighbourRequest.first(options, knowing: known)
        first.add(try await poll(first.request), to: &answer)
        let found = NeighbourDecoding.decode(answer, options: options)
        let columns = VendorTables.secondRound(after: answer, isHeard: !found.neighbours.isEmpty)
        guard !columns.isEmpty else { return found }
        let second = NeighbourRequest(columns, options: options)
        do {
            second.add(try await poll(second.request), to: &answer)
        } catch {
            for column in second.columns { answer.columns[column] = NeighbourRows(failure: error.description) }
        }
        return NeighbourDecoding.decode(answer, options: options)
    }
}
