import FoundationEssentials
import Synchronization

/// What a lab serves, shared by its threads.
final class LabWorld: Sendable {
    /// Images: of the recordings, or of the network's devices, or one for all devices of a grid.
    ///
    /// Those of devices are made when they are first asked for.
    private let images: Mutex<[MIBImage?]>
    let network: SimulatedNetwork?
    /// Recordings by community, or devices by name.
    let table: CommunityTable
    /// What was odd about recordings, by community.
    let reports: [String: RecordingReport]

    convenience init(_ sources: LabConfiguration.Sources) throws(LabError) {
        switch sources {
        case .network(let network): self.init(network)
        case .recordingTexts(let texts):
            self.init(texts.sorted { $0.key < $1.key }.map { ($0.key, Recording($0.value)) })
        case .recordings(let directory): self.init(try Self.load(directory))
        }
    }

    private init(_ network: SimulatedNetwork) {
        self.network = network
        images = Mutex(Array(repeating: nil, count: network.sharesInterfaces ? 1 : network.devices.count))
        table = CommunityTable(network.devices.map { (Array($0.name.utf8), $0.ordinal) })
        reports = [:]
    }

    private init(_ recordings: [(community: String, recording: Recording)]) {
        network = nil
        images = Mutex(recordings.map(\.recording.image))
        table = CommunityTable(recordings.enumerated().map { (Array($1.community.utf8), $0) })
        reports = Dictionary(recordings.map { ($0.community, $0.recording.report) }, uniquingKeysWith: { $1 })
    }

    /// The recordings' images, in the table's order.
    var allRecordings: [MIBImage] {
        images.withLock { $0.compactMap(\.self) }
    }

    /// A device's image, as long as no fault changed its tables.
    func image(of device: SimulatedDevice, in network: SimulatedNetwork) -> MIBImage {
        let isShared = network.sharesInterfaces
        return images.withLock { images in
            let position = isShared ? 0 : device.ordinal
            if let image = images[position] { return image }
            let image = DeviceImage.image(of: device, isShared: isShared)
            images[position] = image
            return image
        }
    }

    /// Reads every `.snmprec` below a directory.
    private static func load(_ directory: String) throws(LabError) -> [(String, Recording)] {
        let suffix = ".snmprec"
        let paths: [String]
        do {
            paths = try FileManager.default.subpathsOfDirectory(atPath: directory).filter { $0.hasSuffix(suffix) }
        } catch {
            throw LabError(.noRecordings, "the directory '\(directory)' cannot be read: \(error); give one that can")
        }
        guard !paths.isEmpty else {
            throw LabError(.noRecordings, "the directory '\(directory)' holds no \(suffix) file; give one that does")
        }
        var recordings: [(String, Recording)] = []
        for path in paths.sorted() {
            do {
                let text = try Data(contentsOf: URL(filePath: directory).appending(path: path))
                recordings.append((String(path.dropLast(suffix.count)), Recording(Array(text))))
            } catch {
                throw LabError(.noRecordings, "the recording '\(path)' in '\(directory)' cannot be read: \(error)")
            }
        }
        return recordings
    }
}

/// The devices as one thread holds them: shares the world's images, owns meters and conditions.
final class LabRoster {
    private let world: LabWorld
    /// Made when they are first asked for.
    private var devices: [ServedDevice?] = []
    /// Images of recordings, taken from the world once.
    private let recordings: [MIBImage]
    private let communityOctets: [UInt8]
    /// The meter of a grid, whose devices all have the same interfaces, and its loads by start time.
    private var sharedMeter: TrafficMeter?
    private var sharedStarts: [Int64: StartLoads] = [:]
    private(set) var networkFaults = NetworkFaults()
    /// When the engines of addresses without a device started.
    private let startedAtMilliseconds: Int64

    init(_ world: LabWorld, at now: Int64 = 0) {
        self.world = world
        startedAtMilliseconds = now
        communityOctets = Array((world.network?.community ?? "").utf8)
        recordings = world.network == nil ? world.allRecordings : []
        guard let network = world.network else { return }
        if network.sharesInterfaces, let first = network.devices.first {
            sharedMeter = TrafficMeter(first.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        }
        devices = Array(repeating: nil, count: network.devices.count)
    }

    /// Takes note of what has become of a device, or of the network.
    func take(_ news: LabNews) {
        switch news {
        case .network(let faults): networkFaults = faults
        case .device(let ordinal, let faults):
            guard let network = world.network else { return }
            devices[ordinal] =
                faults.leavesTables
                ? make(ordinal, faults, network) : Self.makeAltered(network.devices[ordinal], faults, network)
        }
    }

    /// Who answers a request, or nil: a recording by community, a device by address and community, or a device by name.
    func target(_ destination: UInt32, _ community: UnsafeBufferPointer<UInt8>) -> (MIBImage, ServedDevice?)? {
        guard world.network != nil else {
            return world.table.find(community).map { (recordings[$0], nil) }
        }
        if let ordinal = LabAddress.device(at: destination), ordinal < devices.count {
            guard communityOctets.elementsEqual(community) else { return nil }
            let device = device(ordinal)
            return (device.image, device)
        }
        if let device = first(at: destination), communityOctets.elementsEqual(community) {
            return (device.image, device)
        }
        guard let ordinal = world.table.find(community) else { return nil }
        let device = device(ordinal)
        return (device.image, device)
    }

    /// The device at an address, whatever the community.
    func device(at destination: UInt32) -> ServedDevice? {
        guard world.network != nil else { return nil }
        if let ordinal = LabAddress.device(at: destination), ordinal < devices.count { return device(ordinal) }
        return first(at: destination)
    }

    /// The device at ::1: the first.
    private func first(at destination: UInt32) -> ServedDevice? {
        destination == LabAddress.sixLoopback && !devices.isEmpty ? device(0) : nil
    }

    /// Who answers in version 3: the device at the address, else an engine of the address, whose contexts are the
    /// recordings or the devices by name.
    func party(_ destination: UInt32, at now: Int64) -> SecureAgent.Party {
        let device = device(at: destination)
        let elapsed = UInt32(clamping: max(now - startedAtMilliseconds, 0) / 1000)
        let engine =
            device?.engine(at: now)
            ?? EngineIdentity(id: EngineIdentity.id(ofAddress: destination), boots: 1, time: elapsed, device: nil)
        return SecureAgent.Party(engine: engine, condition: device?.condition) { [self] context in
            guard let (image, device) = target(device, context) else { return nil }
            return Agent.Target(image: image, device: device, now: now, tooBigAbove: device?.condition.tooBigAbove)
        }
    }

    private func target(
        _ device: ServedDevice?, _ context: UnsafeBufferPointer<UInt8>
    ) -> (MIBImage, ServedDevice?)? {
        if let device, context.isEmpty { return (device.image, device) }
        if world.network == nil, context.isEmpty, recordings.count == 1 { return (recordings[0], nil) }
        guard let found = world.table.find(context) else { return nil }
        if world.network == nil { return (recordings[found], nil) }
        let named = self.device(found)
        return device == nil || device === named ? (named.image, named) : nil
    }

    /// A device, made if this is the first request for it.
    ///
    /// There is a network.
    @inline(__always)
    private func device(_ ordinal: Int) -> ServedDevice {
        if let device = devices[ordinal] { return device }
        return makeFirst(ordinal)
    }

    /// A device nothing is wrong with.
    private func makeFirst(_ ordinal: Int) -> ServedDevice {
        guard let network = world.network else { preconditionFailure("devices are asked for in networks only") }
        let served = make(ordinal, DeviceFaults(), network)
        devices[ordinal] = served
        return served
    }

    /// A device whose tables are as they were made, with the image and meter it was made with.
    private func make(_ ordinal: Int, _ faults: DeviceFaults, _ network: SimulatedNetwork) -> ServedDevice {
        let device = network.devices[ordinal]
        let meter = sharedMeter ?? TrafficMeter(device.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        let started = device.startedAtMilliseconds
        let starts = sharedStarts[started] ?? StartLoads(meter.loads(at: started))
        if sharedMeter != nil { sharedStarts[started] = starts }
        return ServedDevice(
            device, image: world.image(of: device, in: network), meter: meter, startLoads: starts,
            startedAtMilliseconds: started, faults: faults)
    }

    /// A device with something wrong: an image and a meter of its own, where its tables are not what they were.
    private static func makeAltered(
        _ device: SimulatedDevice, _ faults: DeviceFaults, _ network: SimulatedNetwork
    ) -> ServedDevice {
        let started = faults.startedAt(device)
        let meter = TrafficMeter(device.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        let own = TrafficMeter(
            device.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds, frozenLoads: faults.frozenLoads(meter))
        let image = DeviceImage.image(
            of: device.hearing(faults.heard), present: faults.present(in: device),
            tableLastChange: faults.tableLastChange(device),
            isShared: false)
        return ServedDevice(
            device, image: image, meter: own, startLoads: StartLoads(faults.startLoads(meter, of: device)),
            startedAtMilliseconds: started, faults: faults)
    }
}
