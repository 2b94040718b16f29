public import Catalog
import Inventory

/// Removes interfaces that a device has not had for a while.
public enum CleanUp {
    /// Seven days.
    public static let afterSecondsDefault: Int64 = 7 * 86_400

    /// The interfaces to remove: identity, settings and alert history stay, and one that returns gets its id back.
    ///
    /// Only time counts in which the device was discovered completely: from `missingSince` to the device's last
    /// complete discovery, less `missingUncountedSeconds`. A device or a WARD FLUX that was away loses nothing.
    public static func retire(
        _ book: InterfaceBook, afterSeconds: Int64 = afterSecondsDefault
    ) -> InterfaceRevision {
        var revision = InterfaceRevision(deviceID: book.device.id)
        guard let lastComplete = book.device.lastCompleteDiscoveryAt else { return revision }
        revision.retired = book.live.filter { row in
            guard let since = row.missingSince else { return false }
            let counted = lastComplete.secondsSince(since) - Double(row.missingUncountedSeconds)
            return counted >= Double(afterSeconds)
        }.map(\.id)
        return revision
    }
}
