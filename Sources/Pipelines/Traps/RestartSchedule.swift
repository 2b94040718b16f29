import FoundationEssentials
import Inventory

/// Decides when a device that says it started anew is discovered; pure.
///
/// Once in five minutes for each device, and not at once: it needs a moment until its interfaces are there, and devices
/// that lost power together shall not all be asked in the same second.
struct RestartSchedule: Sendable {
    /// How long a device is left alone after a discovery was decided.
    static let quietSeconds = 300.0
    /// The earliest and the latest a discovery is due.
    static let delaySeconds = 15.0...60.0

    private var last: [DeviceID: Timestamp] = [:]
    private var prunedAt: Timestamp?

    /// A device started anew: when it is to be discovered; nil where that was decided a short while ago.
    mutating func restarted(_ device: DeviceID, at now: Timestamp) -> Timestamp? {
        prune(now)
        if let before = last[device], now.secondsSince(before) < Self.quietSeconds { return nil }
        last[device] = now
        return now.advanced(bySeconds: Self.delay(of: device))
    }

    /// The devices remembered.
    var count: Int { last.count }

    /// The same for a device each time.
    private static func delay(of device: DeviceID) -> Double {
        let share = Double(UInt16(device.uuid.uuid.14) << 8 | UInt16(device.uuid.uuid.15)) / 65_536
        return delaySeconds.lowerBound + share * (delaySeconds.upperBound - delaySeconds.lowerBound)
    }

    private mutating func prune(_ now: Timestamp) {
        if let prunedAt, now.secondsSince(prunedAt) < Self.quietSeconds { return }
        prunedAt = now
        last = last.filter { now.secondsSince($0.value) < Self.quietSeconds }
    }
}
