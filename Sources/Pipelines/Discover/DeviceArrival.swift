import Catalog
import Discovery
import Inventory

/// What came of reading one device, with the time at which it came.
struct DeviceArrival: Sendable {
    var deviceID: DeviceID
    var result: Result<DeviceReading, DeviceArrivalFailure>
    var at: Timestamp
}

/// A failure as the other side of a result.
struct DeviceArrivalFailure: Error, Sendable {
    var failure: DeviceFailure
    /// Whether something came that is not SNMP: whatever answers there, the device cannot be used and counts as down.
    var isGarbage = false

    /// What the failure does to the device's row.
    var effect: DeviceFailure {
        isGarbage ? DeviceFailure(.unreachable, message: failure.message) : failure
    }
}

/// What writing a batch of arrivals did.
struct BatchOutcome: Sendable {
    /// A device that failed, as a summary names it.
    struct Failed: Sendable, Hashable {
        var name: String
        var place: String
        var failure: DeviceFailure
        /// Whether it had not failed before.
        var isNew: Bool
    }

    var devicesRead = 0
    var devicesPartial = 0
    var failed: [Failed] = []
    /// Devices of which no interface was known before.
    var firstRead: [DeviceID] = []
    var counts = DiscoveryCounts()
    /// Devices of the batch, those deleted meanwhile included.
    var handled = 0

    mutating func add(_ other: BatchOutcome) {
        devicesRead += other.devicesRead
        devicesPartial += other.devicesPartial
        failed += other.failed
        firstRead += other.firstRead
        counts += other.counts
        handled += other.handled
    }
}

/// Turns arrivals into revisions: pure, for the catalog to call inside its transaction.
struct BatchDecision: Sendable {
    var arrivals: [DeviceID: DeviceArrival]
    var policy: DiscoveryPolicy
    var classify: Classifier

    init(_ batch: [DeviceArrival], policy: DiscoveryPolicy, classify: @escaping Classifier) {
        arrivals = Dictionary(batch.map { ($0.deviceID, $0) }) { first, _ in first }
        self.policy = policy
        self.classify = classify
    }

    func decide(_ books: [InterfaceBook]) -> ([InterfaceRevision], BatchOutcome) {
        var revisions: [InterfaceRevision] = []
        var outcome = BatchOutcome()
        outcome.handled = arrivals.count
        for book in books {
            guard let arrival = arrivals[book.device.id] else { continue }
            switch arrival.result {
            case .success(let reading):
                let (revision, counts) = InterfaceReconciler.reconcile(
                    book: book, reading: reading, at: arrival.at, policy: policy, classify: classify)
                revisions.append(revision)
                outcome.counts += counts
                outcome.devicesRead += 1
                if book.live.isEmpty, counts.inserted + counts.returned > 0 {
                    outcome.firstRead.append(book.device.id)
                }
                if !reading.isComplete { outcome.devicesPartial += 1 }
            case .failure(let reason):
                revisions.append(DeviceUpdate.failed(book.device, reason.effect, at: arrival.at))
                outcome.failed.append(
                    BatchOutcome.Failed(
                        name: book.device.name, place: "\(book.device.address) port \(book.device.port)",
                        failure: reason.failure, isNew: Self.isNew(reason.effect, of: book.device)))
            }
        }
        return (revisions, outcome)
    }

    /// Whether a device failed otherwise before, or not at all: it answered in part and is silent now.
    private static func isNew(_ failure: DeviceFailure, of device: Device) -> Bool {
        device.lastError == nil || (failure.kind == .unreachable && device.status == .up)
    }
}
