import Inventory

@testable import Alerting

/// A small bank: a firewall at the poller's place, two cores, two distribution switches, branches with one line or two.
enum BankFixture {
    static let names = [
        "FW-1", "CORE-1", "CORE-2", "DIST-1", "DIST-2", "BR-1", "BR-2", "BR-3", "BR-4", "BR-4-SW", "EDGE-1", "LONE-1",
        "ISLE-1", "ISLE-2",
    ]

    /// Cables by name, in the order of their numbers; `CORE-1`-`CORE-2` are two parallel ones.
    static let cables = [
        ("FW-1", "CORE-1"), ("FW-1", "CORE-2"), ("CORE-1", "CORE-2"), ("CORE-1", "CORE-2"), ("CORE-1", "DIST-1"),
        ("CORE-2", "DIST-1"), ("CORE-2", "DIST-2"), ("DIST-1", "BR-1"), ("DIST-1", "BR-2"), ("DIST-2", "BR-2"),
        ("DIST-2", "BR-3"), ("DIST-1", "BR-4"), ("BR-4", "BR-4-SW"), ("CORE-1", "EDGE-1"), ("ISLE-1", "ISLE-2"),
    ]

    static func world(place: String? = "FW-1") -> CauseWorld {
        var world = CauseWorld(names.count, place: place.map(node))
        world.names = names
        world.cables = cables.map { (node($0.0), node($0.1)) }
        return world
    }

    static func node(_ name: String) -> Int { names.firstIndex(of: name) ?? 0 }

    /// The cable between two devices; of parallel ones the first.
    static func cable(_ a: String, _ b: String) -> Int { cables.firstIndex { $0 == (a, b) || $0 == (b, a) } ?? 0 }
}

/// What happens to the bank.
enum BankStep: Sendable {
    case off(String)
    case hangs(String)
    case cut(String, String)
    case cutNumber(Int)
    case mended(String)
    case rejoined(String, String)
    case pause(Int64)

    func apply(_ polled: inout PolledWorld) {
        switch self {
        case .off(let name): polled.change { $0.off.insert(BankFixture.node(name)) }
        case .hangs(let name): polled.change { $0.hung.insert(BankFixture.node(name)) }
        case .cut(let a, let b): polled.change { $0.cut.insert(BankFixture.cable(a, b)) }
        case .cutNumber(let number): polled.change { $0.cut.insert(number) }
        case .mended(let name):
            polled.change {
                $0.off.remove(BankFixture.node(name))
                $0.hung.remove(BankFixture.node(name))
            }
        case .rejoined(let a, let b): polled.change { $0.cut.remove(BankFixture.cable(a, b)) }
        case .pause(let seconds): polled.run(seconds: seconds)
        }
    }
}
