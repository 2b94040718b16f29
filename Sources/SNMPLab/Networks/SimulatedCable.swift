/// A cable between two devices of a simulated network.
public struct SimulatedCable: Sendable, Hashable {
    /// One end.
    public struct End: Sendable, Hashable {
        /// Position of the device in the network.
        public var device: Int
        /// Position of the interface in the device.
        public var position: Int
    }

    /// The end at the device that comes first in the network.
    public var a: End
    /// The other end.
    public var b: End
    /// How many of the ends' agents report it in a neighbour table: 0, 1 or 2.
    public var reportedBy: Int
}

extension SimulatedNetwork {
    /// All cables between its devices, ordered by the first end.
    ///
    /// Found on each call.
    public var cables: [SimulatedCable] {
        devices.flatMap { device in
            device.truth.indices.compactMap { position -> SimulatedCable? in
                guard case .interface(let far, let place)? = device.truth[position].farEnd,
                    (device.ordinal, position) < (far, place)
                else { return nil }
                let reports = [(device.ordinal, position), (far, place)].count { end in
                    devices[end.0].neighbours.contains { $0.device != nil && $0.position == end.1 }
                }
                return SimulatedCable(
                    a: .init(device: device.ordinal, position: position), b: .init(device: far, position: place),
                    reportedBy: reports)
            }
        }
    }
}
