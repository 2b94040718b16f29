import Catalog
import Inventory

extension CatalogContract {
    private static func manual(
        _ scene: TopologyScene, _ aPort: Interface? = nil, _ bPort: Interface? = nil, at seconds: Double = 0
    ) -> ManualLink {
        ManualLink(
            aDeviceID: scene.a.id, aInterfaceID: aPort?.id, bDeviceID: scene.b.id, bInterfaceID: bPort?.id,
            note: "dark fibre", at: Specimens.noon.advanced(bySeconds: seconds))
    }

    static let manualLinkChecks: [Check] = [
        Check("manual links are saved, replaced by id and ordered by creation, then id") { catalog in
            let scene = try await TopologyScene(catalog)
            var links = [0, 0, 1].map { manual(scene, scene.aPorts[0], at: $0) }
            links = links.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            for link in links.reversed() { try await catalog.saveManualLink(link) }
            try expectEqual(try await catalog.manualLinks(), links, "manual links")
            links[1].aInterfaceID = nil
            links[1].bInterfaceID = scene.bPorts[1].id
            links[1].note = nil
            try await catalog.saveManualLink(links[1])
            try expectEqual(try await catalog.manualLinks(), links, "manual links with a replaced one")
            try expectEqual(try await catalog.topologyBook().manualLinks, links, "manual links of the book")
        },
        Check("a manual link joins two devices that exist, by interfaces of their own") { catalog in
            let scene = try await TopologyScene(catalog)
            let stranger = Specimens.interface(of: scene.a, 9)
            var unknownA = manual(scene)
            unknownA.aDeviceID = .random()
            var unknownB = manual(scene)
            unknownB.bDeviceID = .random()
            var loop = manual(scene)
            loop.bDeviceID = scene.a.id
            let wrong: [(String, ManualLink)] = [
                ("an unknown device", unknownA), ("an unknown far device", unknownB), ("one device at both ends", loop),
                ("an unknown interface", manual(scene, stranger)),
                ("an interface of the other device", manual(scene, scene.bPorts[0])),
                ("a far interface of the near device", manual(scene, nil, scene.aPorts[0])),
            ]
            for (what, link) in wrong {
                try await expectFailure(.invalidValue, what) { try await catalog.saveManualLink(link) }
            }
            try expectEqual(try await catalog.manualLinks(), [], "manual links")
        },
        Check("a manual link is removed once") { catalog in
            let scene = try await TopologyScene(catalog)
            let link = manual(scene)
            try await catalog.saveManualLink(link)
            try expect(try await !catalog.removeManualLink(.random()), "there is no such link")
            try expect(try await catalog.removeManualLink(link.id), "the link was there")
            try expect(try await !catalog.removeManualLink(link.id), "it is gone already")
        },
        Check("a manual link goes with its device, and stays without an interface that is removed") { catalog in
            let scene = try await TopologyScene(catalog)
            var link = manual(scene, scene.aPorts[0], scene.bPorts[0])
            try await catalog.saveManualLink(link)
            try await catalog.revise(scene.b) { $0.retired = [scene.bPorts[0].id] }
            link.bInterfaceID = nil
            try expectEqual(try await catalog.manualLinks(), [link], "manual links")
            try await catalog.remove(scene.b)
            try expectEqual(try await catalog.manualLinks(), [], "manual links of a removed device")
        },
    ]
}
