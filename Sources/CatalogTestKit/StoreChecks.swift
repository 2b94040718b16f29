import Catalog
import Inventory

extension CatalogContract {
    static let storeChecks: [Check] = [
        Check("an empty catalog checks well and lists nothing") { catalog in
            try await catalog.check()
            try expectEqual(try await catalog.devices(.all), [], "devices")
            try expectEqual(try await catalog.interfaceCount(), 0, "count of interfaces")
            try expectEqual(try await catalog.interfaces(after: nil, limit: 10), [], "interfaces")
            try expectEqual(try await catalog.credentialProfiles(), [], "profiles")
            try expectEqual(try await catalog.jobRuns(JobRunQuery(limit: 10)), [], "job runs")
            try expectEqual(try await catalog.accessTokens(), [], "tokens")
            try expectEqual(try await catalog.agentMemories(), [], "agent memories")
        },
        Check("the revision stays while nothing is written") { catalog in
            let first = try await catalog.revision()
            _ = try await catalog.devices(.all)
            try expectEqual(try await catalog.revision(), first, "revision after a read")
        },
        Check("the revision differs after each change of devices or interfaces") { catalog in
            var seen: Set<CatalogRevision> = [try await catalog.revision()]
            func expectNew(_ what: String) async throws {
                try expect(seen.insert(try await catalog.revision()).inserted, "the revision is the same after \(what)")
            }
            var device = Specimens.device("A")
            try await catalog.add(device)
            try await expectNew("adding a device")
            let interface = Specimens.interface(of: device, 1)
            try await catalog.revise(device) { $0.inserted = [interface] }
            try await expectNew("adding an interface")
            try await catalog.revise(device) { $0.seenAt = Specimens.noon.advanced(bySeconds: 60) }
            try await expectNew("advancing the seen-timestamps")
            device.status = .up
            try await catalog.revise(device) { [device] in $0.device = device }
            try await expectNew("changing the device")
            try await catalog.revise(device) { $0.retired = [interface.id] }
            try await expectNew("retiring an interface")
        },
        Check("calls after close throw closed") { catalog in
            try await catalog.close()
            try await expectFailure(.closed, "reading after close") { _ = try await catalog.devices(.all) }
            try await expectFailure(.closed, "writing after close") { try await catalog.add(Specimens.device("A")) }
            try await expectFailure(.closed, "asking the revision after close") { _ = try await catalog.revision() }
            try await expectFailure(.closed, "checking after close") { try await catalog.check() }
        },
        Check("a cancelled task writes nothing and throws cancelled") { catalog in
            let writing = Task {
                try await expectFailure(.cancelled, "a write of a cancelled task") {
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await catalog.add(Specimens.device("A"))
                }
            }
            _ = try await writing.value
            try expectEqual(try await catalog.devices(.all), [], "devices after the cancelled write")
        },
        Check("a task cancelled while it decides writes nothing") { catalog in
            let writing = Task {
                try await expectFailure(.cancelled, "a write whose task is cancelled while it decides") {
                    try await catalog.reviseDevices(.all) { _ in
                        withUnsafeCurrentTask { $0?.cancel() }
                        var revision = DeviceRevision()
                        revision.inserted = [Specimens.device("A")]
                        return (revision, ())
                    }
                }
            }
            _ = try await writing.value
            try expectEqual(try await catalog.devices(.all), [], "devices after the cancelled write")
        },
    ]
}
