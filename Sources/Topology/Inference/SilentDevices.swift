import Inventory

/// Devices of which no neighbour protocol tells: they report no neighbour, and no device reports them.
enum SilentDevices {
    /// The silent ones among some devices.
    ///
    /// A device that an ambiguous neighbour may be is not silent: the neighbour may be it.
    static func among(_ devices: [Device], neighbours: [Neighbour]) -> Set<DeviceID> {
        var silent = Set(devices.map(\.id))
        for neighbour in neighbours {
            silent.remove(neighbour.deviceID)
            if let device = neighbour.match.deviceID { silent.remove(device) }
            for device in neighbour.match.candidates { silent.remove(device) }
        }
        return silent
    }
}
