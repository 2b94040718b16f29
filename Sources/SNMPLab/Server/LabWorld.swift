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
    private var sharedStarts: [Int64: [Double]] = [:]

    init(_ world: LabWorld) {
        self.world = world
        communityOctets = Array((world.network?.community ?? "").utf8)
        recordings = world.network == nil ? world.allRecordings : []
        guard let network = world.network else { return }
        if network.sharesInterfaces, let first = network.devices.first {
            sharedMeter = TrafficMeter(first.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        }
        devices = Array(repeating: nil, count: network.devices.count)
    }

    /// Takes note of what has become of a device.
    func replace(_ ordinal: Int, _ faults: DeviceFaults) {
        guard let network = world.network else { return }
        devices[ordinal] = Self.make(network.devices[ordinal], faults, network)
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
        guard let ordinal = world.table.find(community) else { return nil }
        let device = device(ordinal)
        return (device.image, device)
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
        let device = network.devices[ordinal]
        let meter = sharedMeter ?? TrafficMeter(device.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        let started = device.startedAtMilliseconds
        let starts = sharedStarts[started] ?? meter.loads(at: started)
        if sharedMeter != nil { sharedStarts[started] = starts }
        let served = ServedDevice(
            device, image: world.image(of: device, in: network), meter: meter, startLoads: starts,
            startedAtMilliseconds: started)
        devices[ordinal] = served
        return served
    }

    /// A device with something wrong: an image and a meter of its own, where its tables are not what they were.
    private static func make(
        _ device: SimulatedDevice, _ faults: DeviceFaults, _ network: SimulatedNetwork
    ) -> ServedDevice {
        let started = faults.startedAt(device)
        let meter = TrafficMeter(device.interfaces, zoneOffsetSeconds: network.zoneOffsetSeconds)
        var starts = meter.loads(at: started)
        var frozen: [Int: Double] = [:]
        for (position, fault) in faults.interfaces {
            for span in fault.stillSpans {
                let (from, to) = (meter.loads(at: span.from), meter.loads(at: span.to))
                for flow in [position * 2, position * 2 + 1] { starts[flow] += to[flow] - from[flow] }
            }
            guard let stopped = fault.stoppedAtMilliseconds else { continue }
            let loads = meter.loads(at: stopped)
            for flow in [position * 2, position * 2 + 1] { frozen[flow] = loads[flow] }
        }
        let image = DeviceImage.image(
            of: device, present: faults.present(in: device), tableLastChange: faults.tableLastChange(device),
            isShared: false)
        return ServedDevice(
            device, image: image, meter: meter, startLoads: starts, frozenLoads: frozen,
            startedAtMilliseconds: started, condition: faults.condition)
    }
}
