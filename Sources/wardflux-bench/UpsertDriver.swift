import Catalog
import CatalogPostgres
import Inventory

/// Writes the interfaces of many devices into PostgreSQL as discoveries do, and tells how many rows a second passed.
///
/// Prints one JSON object; all that a revision reads and decides is in its time. The schema of the URL must be empty.
struct UpsertDriver {
    static let options: Set<String> = ["url", "interfaces", "per-device", "batch", "rounds"]

    #if PostgreSQL
        private static let noon = Timestamp(seconds: 1_772_366_400)
        private let catalog: PostgresCatalog
        private let devices: [Device]
        private let perDevice: Int
        /// Devices of one transaction.
        private let batch: Int

        static func run(_ options: DriverOptions) throws -> String {
            let url = Secret(options.word("url", default: ""))
            let perDevice = max(1, try options.number("per-device", default: 50))
            let count = max(1, try options.number("interfaces", default: 50_000) / perDevice)
            let batch = max(1, try options.number("batch", default: 64))
            let rounds = try options.number("rounds", default: 3)
            return try WardfluxBench.waiting {
                let catalog = try await PostgresCatalog.open(PostgresConfiguration(url: url))
                let driver = UpsertDriver(
                    catalog: catalog, devices: (0..<count).map(device), perDevice: perDevice, batch: batch)
                let report = try await driver.report(rounds: rounds)
                try await catalog.close()
                return report
            }
        }

        private static func device(_ number: Int) -> Device {
            let address = "10.\(number / 62_500).\(number / 250 % 250).\(number % 250 + 1)"
            return Device(name: "d\(number)", address: address, at: noon)
        }

        private func report(rounds: Int) async throws -> String {
            try await catalog.reviseDevices(.ids([])) { _ in
                var revision = DeviceRevision()
                revision.inserted = devices
                return (revision, ())
            }
            let inserted = try await rowsPerSecond { book in insertion(book.device) }
            var (changed, unchanged): ([Double], [Double]) = ([], [])
            for round in 0..<rounds {
                changed.append(try await rowsPerSecond { book in change(book, round) })
                unchanged.append(try await rowsPerSecond { book in rewriting(book) { _ in } })
            }
            return """
                {"interfaces": \(devices.count * perDevice), "inserted": [\(inserted)], "changed": \(changed), \
                "unchanged": \(unchanged)}
                """
        }

        /// Revises all interfaces, some devices at a time.
        private func rowsPerSecond(
            _ revise: @escaping @Sendable (InterfaceBook) -> InterfaceRevision
        ) async throws -> Double {
            let began = ContinuousClock.now
            for start in stride(from: 0, to: devices.count, by: batch) {
                let ids = devices[start..<min(start + batch, devices.count)].map(\.id)
                try await catalog.reviseInterfaces(of: ids) { books in (books.map(revise), ()) }
            }
            return Double(devices.count * perDevice) / ((ContinuousClock.now - began) / .seconds(1))
        }

        private func insertion(_ device: Device) -> InterfaceRevision {
            var revision = InterfaceRevision(deviceID: device.id)
            revision.inserted = (1...perDevice).map { number in
                var facts = InterfaceFacts(ifIndex: Int64(number))
                (facts.ifName, facts.ifDescr) = ("Gi1/0/\(number)", "GigabitEthernet1/0/\(number)")
                facts.ifAlias = "uplink to somewhere \(number)"
                (facts.ifSpeed, facts.operStatus, facts.adminStatus) = (1_000_000_000, 1, 1)
                var interface = Interface(deviceID: device.id, facts: facts, at: Self.noon)
                interface.classificationRule = "access"
                return interface
            }
            return revision
        }

        private func change(_ book: InterfaceBook, _ round: Int) -> InterfaceRevision {
            rewriting(book) { interface in
                interface.facts.ifAlias = "changed \(round)"
                interface.updatedAt = Self.noon.advanced(bySeconds: Double(round + 1))
            }
        }

        private func rewriting(_ book: InterfaceBook, _ body: (inout Interface) -> Void) -> InterfaceRevision {
            var revision = InterfaceRevision(deviceID: book.device.id)
            revision.updated = book.live
            for place in revision.updated.indices { body(&revision.updated[place]) }
            return revision
        }
    #else
        static func run(_ options: DriverOptions) throws -> String {
            throw DriverError("this program was built without PostgreSQL")
        }
    #endif
}
