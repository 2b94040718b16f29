public import Catalog
import Discovery
import Inventory
public import Jobs
import Logging

/// Removes interfaces that their devices have not had for a while; their identities and settings are kept.
///
/// Devices that were removed more than 400 days ago are forgotten, as long as the series of their interfaces may last,
/// and so are links that vanished before then.
public struct InterfaceCleanUp: Sendable {
    /// What of a catalog it uses.
    public typealias Store = DeviceCatalog & InterfaceCatalog & RemovedDeviceCatalog & TopologyCatalog

    private static let historyDays = 400

    let catalog: any Store
    let settings: PipelineSettings

    /// A pipeline.
    public init(catalog: any Store, settings: PipelineSettings) {
        self.catalog = catalog
        self.settings = settings
    }

    /// Looks through all devices, batch by batch; cancelling leaves whole batches.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let afterSeconds = Int64(settings.cleanUpAfterDays) * 86_400
        let removed = try await catalog.reviseAllInterfaces(batchMax: settings.batchDevicesMax, context) { book in
            let revision = CleanUp.retire(book, afterSeconds: afterSeconds)
            return (revision.retired.isEmpty ? nil : revision, revision.retired.count)
        }
        let limit = context.clock.now.advanced(bySeconds: -86_400 * Double(Self.historyDays))
        let forgotten = try await catalog.forgetDevices(removedBefore: limit)
        let links = try await catalog.removeTopologyHistory(before: limit)
        let days = Wording.count(settings.cleanUpAfterDays, "day")
        let line = "Removed \(Wording.count(removed, "interface")) not seen for \(days)"
        context.logger.info("\(line)")
        return JobOutcome(
            .succeeded, message: line,
            results: [
                "interfaces_removed": Int64(removed), "devices_forgotten": Int64(forgotten),
                "links_forgotten": Int64(links),
            ])
    }
}

extension DeviceCatalog where Self: InterfaceCatalog {
    /// Goes through the interfaces of all devices, a batch of devices in one transaction each.
    ///
    /// - Parameter decide: Pure: what shall change of a device, nil for nothing, and a number to add up.
    /// - Returns: The sum of the numbers.
    func reviseAllInterfaces(
        batchMax: Int, _ context: JobContext,
        _ decide: @escaping @Sendable (InterfaceBook) -> (InterfaceRevision?, Int)
    ) async throws -> Int {
        let ids = try await devices(.all).map(\.id)
        var sum = 0
        for start in stride(from: 0, to: ids.count, by: batchMax) {
            try context.checkCancellation()
            let end = min(start + batchMax, ids.count)
            sum += try await reviseInterfaces(of: Array(ids[start..<end])) { books in
                let decided = books.map(decide)
                return (decided.compactMap(\.0), decided.reduce(0) { $0 + $1.1 })
            }
            context.progress(done: end, total: ids.count)
        }
        return sum
    }
}
