public import Catalog
import Discovery
import Inventory
public import Jobs
import Logging

/// Applies the rules in force to the interfaces that are stored, after the rules changed.
///
/// What an operator set stays, and stored neighbours count. Rows change only where the rules say something else than is
/// stored.
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
            let (revisions, count) = Self.revisions([book], classify, at: now)
            return (revisions.first, count)
        }
        let line = "Reclassified \(Wording.count(changed, "interface"))"
        context.logger.info("\(line)")
        return JobOutcome(.succeeded, message: line, results: ["interfaces_changed": Int64(changed)])
    }

    /// What changes of some devices by the rules, and of how many interfaces.
    ///
    /// - Parameter isAsked: Whether an interface is looked at.
    static func revisions(
        _ books: [InterfaceBook], _ classify: Classifier, at now: Timestamp,
        where isAsked: (Interface) -> Bool = { _ in true }
    ) -> ([InterfaceRevision], Int) {
        let revisions = books.compactMap { book -> InterfaceRevision? in
            var revision = InterfaceRevision(deviceID: book.device.id)
            revision.updated = book.live.filter(isAsked).compactMap { row in
                reclassified(row, book.neighbours[row.id]?.facts, classify, at: now)
            }
            return revision.updated.isEmpty ? nil : revision
        }
        return (revisions, revisions.reduce(0) { $0 + $1.updated.count })
    }

    /// A row as the rules see it; nil where they say what is stored.
    private static func reclassified(
        _ old: Interface, _ neighbour: NeighbourFacts?, _ classify: Classifier, at now: Timestamp
    ) -> Interface? {
        var row = old
        classify(ClassificationSubject(facts: old.facts, neighbour: neighbour)).apply(to: &row)
        guard row != old else { return nil }
        row.updatedAt = now
        return row
    }
}
