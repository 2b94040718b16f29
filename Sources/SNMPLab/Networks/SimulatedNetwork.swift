/// A whole network made up from a seed: devices, interfaces, cabling, traffic, and what is true of each.
///
/// A value without state: the same name and seed give the same network anywhere, and its counters are functions of
/// time. `LabServer` answers for it on 127.x.y.z, as `LabAddress` says.
public struct SimulatedNetwork: Sendable {
    /// The name it was made by.
    public let name: String
    /// The devices in address order.
    public let devices: [SimulatedDevice]
    /// The community all devices answer to.
    public var community: String
    /// East of UTC, in seconds: the zone whose working hours the traffic follows (Asia/Tbilisi by default).
    public var zoneOffsetSeconds: Int

    /// The moment devices are up for 20 to 300 days, unless another is given: 2026-01-01 00:00 UTC.
    public static let defaultReferenceMilliseconds: Int64 = 1_767_225_600_000

    /// A reference near a moment: the start of its 64-day span, so that uptimes stay below sysUpTime's wrap at 497
    /// days and a restarted lab gives the same uptimes as before.
    public static func reference(near milliseconds: Int64) -> Int64 {
        let span: Int64 = 64 * 86_400_000
        return milliseconds - ((milliseconds % span) + span) % span
    }

    /// Makes a network by name.
    ///
    /// - Parameters:
    ///   - name: `bank-876`, or `grid-DxP` with D devices (at most 1,000,000) of P ports (at most 4,096) each.
    ///   - seed: another seed gives another network of the same sums; the published one is the default.
    ///   - referenceMilliseconds: Unix time in milliseconds at which devices have been up for 20 to 300 days.
    /// - Throws: `LabError` with code `unknownNetwork` where the name is neither.
    public init(
        named name: String, seed: UInt64 = 876, referenceMilliseconds: Int64 = defaultReferenceMilliseconds
    ) throws(LabError) {
        self.name = name
        community = "public"
        zoneOffsetSeconds = 4 * 3600
        if name == "bank-876" {
            devices = BankBuilder.build(seed: seed, referenceMilliseconds: referenceMilliseconds)
            return
        }
        guard let size = Self.gridSize(name) else {
            throw LabError(
                .unknownNetwork,
                "no network is called '\(name)': use bank-876, or grid-DxP such as grid-876x48 (at most 1000000x4096)")
        }
        devices = GridNetwork.build(
            devices: size.devices, ports: size.ports, seed: seed, referenceMilliseconds: referenceMilliseconds)
    }

    private static func gridSize(_ name: String) -> (devices: Int, ports: Int)? {
        guard name.hasPrefix("grid-") else { return nil }
        let parts = name.dropFirst(5).split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, let devices = Int(parts[0]), let ports = Int(parts[1]) else { return nil }
        return (1...1_000_000).contains(devices) && (1...4_096).contains(ports) ? (devices, ports) : nil
    }

    /// Whether all devices have the same interfaces and so may share one image.
    var sharesInterfaces: Bool {
        name.hasPrefix("grid-")
    }

    /// Position of a device by its address or its name; nil where there is none.
    public func ordinal(of device: some StringProtocol) -> Int? {
        if let address = LabAddress.parse(device) {
            return LabAddress.device(at: address).flatMap { devices.indices.contains($0) ? $0 : nil }
        }
        return devices.firstIndex { $0.name == device }
    }

    /// The sums of what is true.
    ///
    /// Counted on each call.
    public var groundTruth: GroundTruth {
        GroundTruth(devices)
    }

    /// The address a device answers on, in dotted decimal.
    public func address(of device: SimulatedDevice) -> String {
        LabAddress.text(LabAddress.number(ofDevice: device.ordinal))
    }

    /// The devices as an inventory imports them: header `name,ip,port,version,community,profile,device_type,location,
    /// tags`, one line each, tags separated by semicolons.
    public func devicesCSV(port: UInt16) -> String {
        var text = "name,ip,port,version,community,profile,device_type,location,tags\n"
        for device in devices {
            let tags = device.tags.joined(separator: ";")
            text += "\(device.name),\(address(of: device)),\(port),2c,\(community),,\(device.type.rawValue),"
            text += "\(device.location),\(tags)\n"
        }
        return text
    }

    /// The counters of an interface at any time, past or to come, as if nothing had ever failed: exact, never falling,
    /// 0 at and before the device's start.
    ///
    /// The agent answers the same numbers while no fault says otherwise.
    ///
    /// - Parameters:
    ///   - position: of the interface in its device.
    ///   - device: position of the device.
    ///   - milliseconds: Unix time.
    public func counters(interface position: Int, ofDevice device: Int, at milliseconds: Int64) -> InterfaceCounters {
        let device = devices[device]
        let traffic = device.interfaces[position].traffic
        let start = TrafficTime.localSeconds(device.startedAtMilliseconds, offsetSeconds: zoneOffsetSeconds)
        let now = TrafficTime.localSeconds(milliseconds, offsetSeconds: zoneOffsetSeconds)
        guard now > start else { return InterfaceCounters() }
        func counted(_ flow: TrafficFlow) -> DirectionCounters {
            DirectionCounters(flow, loadSeconds: flow.load(at: now) - flow.load(at: start), scale: device.trafficScale)
        }
        return InterfaceCounters(inbound: counted(traffic.inbound), outbound: counted(traffic.outbound))
    }
}
