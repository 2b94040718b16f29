public import Catalog
import Discovery
import Inventory
public import Jobs
import Logging

/// Applies the rules in force to the interfaces that are stored, after the rules changed.
///
/// What an operator set stays. Rows change only where the rules say something else than is stored.
public struct InterfaceReclassification: Sendable {
    let catalog: any DeviceCatalog & InterfaceCatalog
    let classifier: @Sendable () -> Classifier
    let settings: PipelineSettings

    /// A pipeline; the rules are asked for once a run, so that a run applies one set of rules.
    public init(
        catalog: any DeviceCatalog & InterfaceCatalog, classifier: @escaping @Sendable () -> Classifier,
        settings: PipelineSettings
    ) {
        self.catalog = catalog
        self.classifier = classifier
        self.settings = settings
    }

    /// Looks through all devices, batch by batch; cancelling leaves whole batches.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let classify = classifier()
        let now = context.clock.now
        let changed = try await catalog.reviseAllInterfaces(batchMax: settings.batchDevicesMax, context) { book in
            let rows = Self.changed(book.live, classify, at: now)
            guard !rows.isEmpty else { return (nil, 0) }
            var revision = InterfaceRevision(deviceID: book.device.id)
            revision.updated = rows
            return (revision, rows.count)
        }
        let line = "Reclassified \(Wording.count(changed, "interface"))"
        context.logger.info("\(line)")
        return JobOutcome(.succeeded, message: line, results: ["interfaces_changed": Int64(changed)])
    }

    /// The rows that the rules see differently, as they see them.
    static func changed(_ stored: [Interface], _ classify: Classifier, at now: Timestamp) -> [Interface] {
        stored.compactMap { old in
            var row = old
            classify(ClassificationSubject(facts: old.facts, neighbour: neighbour(of: old))).apply(to: &row)
            guard row != old else { return nil }
            row.updatedAt = now
            return row
        }
    }

    /// What is stored of the far end; capabilities are not.
    private static func neighbour(of row: Interface) -> NeighbourFacts? {
        row.neighborProtocol.map { name in
            NeighbourFacts(protocolName: name, name: row.lldpNeighborName, port: row.lldpNeighborPort)
        }
    }
}
