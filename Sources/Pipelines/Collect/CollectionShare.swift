public import Inventory

/// Which part of the inventory this process polls, and who is told what it reads; by default all, and nobody.
public struct CollectionShare: Sendable {
    /// Whether a device is polled here.
    public var owns: @Sendable (DeviceID) -> Bool = { _ in true }
    /// A number that differs whenever `owns` may answer otherwise.
    public var revision: @Sendable () -> Int = { 0 }
    /// Whether `owns` can be relied on at this moment; what is read while it cannot is dropped.
    public var isCertain: @Sendable () -> Bool = { true }
    /// Told what was read, in the order it was read.
    public var tell: @Sendable (CollectionNews) -> Void = { _ in }
    /// Whether rates are asked of this process, so that those of before are read at its start.
    public var showsRates = true

    /// All of the inventory.
    public init() {}
}
