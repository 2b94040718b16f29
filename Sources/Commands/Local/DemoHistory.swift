import Inventory
import SNMPLab
import Series

/// The past of a simulated network, as if it had been collected all the while: readings of every monitored interface
/// whose counters go on in the live ones.
struct DemoHistory: Sendable {
    /// An interface of the simulation and what the catalog calls it.
    struct Place: Sendable, Hashable {
        /// Position of the device.
        var device: Int
        /// Position of the interface in it.
        var position: Int
        /// Its identity in the catalog.
        var interface: InterfaceID
    }

    /// What is simulated.
    let network: SimulatedNetwork
    /// The monitored interfaces, in the order of devices.
    let places: [Place]
    /// Seconds between two polls.
    var intervalSeconds = 300

    /// Readings that are handed over at once, about.
    private static let batchReadings = 60_000
    private static let dayMilliseconds: Int64 = 86_400_000

    /// The monitored ones of the interfaces that `/interfaces/list` answered.
    init(network: SimulatedNetwork, interfaces items: [JSONValue]) {
        self.network = network
        let ordinals = Dictionary(
            network.devices.map { ($0.name, $0.ordinal) }, uniquingKeysWith: { first, _ in first })
        places = items.compactMap { item in
            guard item["monitoring_enabled"]?.bool == true,
                let ordinal = item["device_name"]?.string.flatMap({ ordinals[$0] }),
                let index = item["if_index"]?.integer,
                let position = network.devices[ordinal].interfaces.firstIndex(where: { Int64($0.index) == index }),
                let id = item["id"]?.string.flatMap({ InterfaceID($0) })
            else { return nil }
            return Place(device: ordinal, position: position, interface: id)
        }
        .sorted { ($0.device, $0.position) < ($1.device, $1.position) }
    }

    /// Hands over the readings of some days before a moment, day by day (UTC), in batches of some interfaces.
    ///
    /// The places in the interval are the devices' own, so that no two devices are read at the same moment.
    func fill(
        days: Int, until end: Timestamp,
        merge: @Sendable ([SeriesReading]) async throws -> AppendOutcome
    ) async throws -> AppendOutcome {
        var sum = AppendOutcome()
        var from = end.milliseconds - Int64(days) * Self.dayMilliseconds
        while from < end.milliseconds {
            let midnight = (from / Self.dayMilliseconds + 1) * Self.dayMilliseconds
            let to = min(midnight, end.milliseconds)
            var batch: [SeriesReading] = []
            for place in places {
                append(place, from..<to, &batch)
                guard batch.count >= Self.batchReadings else { continue }
                sum += try await merge(batch)
                batch.removeAll(keepingCapacity: true)
            }
            if !batch.isEmpty { sum += try await merge(batch) }
            from = to
        }
        return sum
    }

    /// Appends the readings of one interface.
    private func append(_ place: Place, _ range: Range<Int64>, _ batch: inout [SeriesReading]) {
        let moments = network.pollMoments(
            ofDevice: place.device, from: range.lowerBound, to: range.upperBound, everySeconds: intervalSeconds)
        let interface = network.devices[place.device].interfaces[place.position]
        for poll in network.polls(interface: place.position, ofDevice: place.device, at: moments) {
            batch.append(SeriesReading(place.interface, reading(poll, of: interface)))
        }
    }

    /// A poll as collection reads it.
    private func reading(_ poll: SimulatedPoll, of interface: SimulatedInterface) -> CounterReading {
        var reading = CounterReading(
            at: Timestamp(milliseconds: poll.atMilliseconds), intervalSeconds: UInt16(clamping: intervalSeconds))
        let (inbound, outbound) = (poll.counters.inbound, poll.counters.outbound)
        // IF-MIB counts errors and discards in 32 bits, the others in 64 too.
        reading.counters = SIMD8(
            inbound.octets, outbound.octets, inbound.errors & 0xFFFF_FFFF, outbound.errors & 0xFFFF_FFFF,
            inbound.discards & 0xFFFF_FFFF, outbound.discards & 0xFFFF_FFFF, inbound.unicast, outbound.unicast)
        reading.present = .all
        reading.narrow = [
            CounterSet(.inErrors), CounterSet(.outErrors), CounterSet(.inDiscards), CounterSet(.outDiscards),
        ]
        reading.sysUpTime = poll.upTime
        reading.discontinuityTime = 0
        reading.ifSpeed = interface.speedBitsPerSecond > 0 ? Int64(clamping: interface.speedBitsPerSecond) : nil
        reading.adminStatus = UInt8(clamping: interface.adminStatus)
        reading.operStatus = UInt8(clamping: interface.operStatus)
        return reading
    }
}
