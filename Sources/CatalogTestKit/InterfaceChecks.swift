import Catalog
import Inventory

extension CatalogContract {
    static let interfaceChecks: [Check] = [
        Check("interfaces of a device are ordered by ifIndex, then id") { catalog in
            let device = Specimens.device("a")
            let other = Specimens.device("b", "192.0.2.2")
            try await catalog.add(device, other)
            var interfaces = [10, 2, 2, 0, 2_147_483_647, 2].map { Specimens.interface(of: device, $0) }
            try await catalog.revise(device) { [interfaces] in $0.inserted = interfaces }
            try await catalog.revise(other) { $0.inserted = [Specimens.interface(of: other, 1)] }
            interfaces.sort { ($0.facts.ifIndex, $0.id) < ($1.facts.ifIndex, $1.id) }
            try expectEqual(try await catalog.interfaces(of: device.id), interfaces, "interfaces")
            try expectEqual(try await catalog.book(of: device)?.live, interfaces, "live interfaces of the book")
            try expectEqual(try await catalog.interfaces(of: .random()), [], "interfaces of an unknown device")
            try expectEqual(try await catalog.interfaceCount(), 7, "count of interfaces")
        },
        Check("interfaces by id are ordered by id and unknown ids left out") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interfaces = (1...5).map { Specimens.interface(of: device, $0) }.sorted { $0.id < $1.id }
            try await catalog.revise(device) { $0.inserted = interfaces.reversed() }
            let asked: [InterfaceID] = [interfaces[3].id, .random(), interfaces[0].id, interfaces[3].id]
            let found = try await catalog.interfaces(withIDs: asked)
            try expectEqual(found, [interfaces[0], interfaces[3]], "interfaces by id")
            try expectEqual(try await catalog.interfaces(withIDs: []), [], "interfaces of no ids")
        },
        Check("all interfaces are read in pieces, in the order of ids, each once") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interfaces = (1...7).map { Specimens.interface(of: device, $0) }.sorted { $0.id < $1.id }
            try await catalog.revise(device) { $0.inserted = interfaces }
            var read: [Interface] = []
            while true {
                let piece = try await catalog.interfaces(after: read.last?.id, limit: 3)
                try expect(piece.count <= 3, "a piece of \(piece.count) exceeds its limit of 3")
                if piece.isEmpty { break }
                read += piece
            }
            try expectEqual(read, interfaces, "interfaces in pieces")
            try expectEqual(try await catalog.interfaces(after: nil, limit: 0), [], "a piece of none")
        },
        Check("every field of an interface comes back as it was stored") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let plain = Specimens.interface(of: device, 0)
            var bare = Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: 1), at: Specimens.noon)
            bare.facts.ifPhysAddress = ""
            bare.facts.ifAlias = ""
            var full = Specimens.fullInterface(of: device)
            full.connectedToDeviceID = device.id
            full.connectedToInterfaceID = plain.id
            try await catalog.revise(device) { [bare, full] in $0.inserted = [plain, bare, full] }
            try expectEqual(try await catalog.interfaces(of: device.id), [plain, bare, full], "inserted interfaces")
            var (swappedPlain, swappedFull) = (plain, full)
            (swappedPlain.id, swappedFull.id) = (full.id, plain.id)
            swappedFull.connectedToInterfaceID = nil
            try await catalog.revise(device) { [swappedPlain, swappedFull] in
                $0.updated = [swappedPlain, swappedFull]
            }
            let expected = [swappedPlain, bare, swappedFull]
            try expectEqual(try await catalog.interfaces(of: device.id), expected, "updated interfaces")
        },
        Check("every type of interface is stored") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interfaces = InterfaceType.allCases.enumerated().map { number, type in
                var interface = Specimens.interface(of: device, Int64(number))
                interface.interfaceType = type
                return interface
            }
            try await catalog.revise(device) { $0.inserted = interfaces }
            try expectEqual(try await catalog.interfaces(of: device.id), interfaces, "interfaces of all types")
        },
        Check("values outside the schema's checks are refused and leave nothing") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            for confidence in [-0.1, 1.1] {
                let error = try await expectFailure(.invalidValue, "confidence \(confidence)") {
                    var interface = Specimens.interface(of: device, 2)
                    interface.classificationConfidence = confidence
                    try await catalog.revise(device) { [interface] in
                        $0.inserted = [Specimens.interface(of: device, 1), interface]
                    }
                }
                try expect(error.message.contains("classification_confidence"), "message names it: \(error)")
            }
            for ifIndex in [-1, 2_147_483_648] as [Int64] {
                try await expectFailure(.invalidValue, "ifIndex \(ifIndex)") {
                    try await catalog.revise(device) { $0.inserted = [Specimens.interface(of: device, ifIndex)] }
                }
            }
            try await expectFailure(.invalidValue, "a far end that does not exist") {
                var interface = Specimens.interface(of: device, 1)
                interface.connectedToDeviceID = .random()
                try await catalog.revise(device) { [interface] in $0.inserted = [interface] }
            }
            try expectEqual(try await catalog.interfaceCount(), 0, "count of interfaces after the refusals")
        },
    ]
}
