import Glibc
import Testing

@testable import SNMP

@Suite(
    "The listener against net-snmp's snmptrap and snmpinform", .timeLimit(.minutes(2)),
    .enabled(if: NetSNMPTool.isInstalled("snmptrap")))
struct NotificationListenerTests {
    private static let linkDown = [
        "", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.2.2.1.1.7", "i", "7", "1.3.6.1.2.1.2.2.1.7.7", "i", "1",
        "1.3.6.1.2.1.2.2.1.8.7", "i", "2",
    ]

    private func configuration(
        _ change: (inout NotificationConfiguration) -> Void = { _ in }
    ) -> NotificationConfiguration {
        var configuration = NotificationConfiguration()
        configuration.addresses = [TransportAddress(127, 0, 0, 1, port: 0)]
        configuration.access.communities = [Community("public")]
        change(&configuration)
        return configuration
    }

    /// Reads until so many notifications are there, or the listener ends.
    private func take(_ count: Int, of listener: NotificationListener) async -> [SNMPNotification] {
        var all: [SNMPNotification] = []
        for await batch in listener.notifications {
            all += batch
            if all.count >= count { break }
        }
        return all
    }

    private func send(
        _ options: [String], to listener: NotificationListener, _ arguments: [String] = linkDown
    ) -> Int32 {
        NetSNMPTool.run("snmptrap", options + ["\(listener.addresses[0])"] + arguments)
    }

    @Test("a trap of version 1 arrives with the agent's address and the interface")
    func version1() async throws {
        let listener = try NotificationListener(configuration())
        let status = send(
            ["-v", "1", "-c", "public"], to: listener,
            [
                "1.3.6.1.4.1.9.1.516", "192.0.2.7", "2", "0", "4711", "1.3.6.1.2.1.2.2.1.1.10101", "i", "10101",
                "1.3.6.1.2.1.2.2.1.2.10101", "s", "GigabitEthernet0/1",
            ])
        #expect(status == 0)
        let found = try #require(await take(1, of: listener).first)
        var change = LinkChange()
        change.ifIndex = 10101
        change.ifDescr = Array("GigabitEthernet0/1".utf8)
        #expect(found.kind == .linkDown(change))
        #expect(found.version == .v1)
        #expect(found.agentAddress?.host == "192.0.2.7")
        #expect(found.source.host == "127.0.0.1")
        #expect(found.sysUpTime == 4711)
    }

    @Test("a trap of version 2c arrives; one with a foreign community does not")
    func version2() async throws {
        let listener = try NotificationListener(configuration())
        #expect(send(["-v", "2c", "-c", "guess"], to: listener) == 0)
        #expect(send(["-v", "2c", "-c", "public"], to: listener) == 0)
        let found = await take(1, of: listener)
        var change = LinkChange()
        (change.ifIndex, change.adminStatus, change.operStatus) = (7, 1, 2)
        #expect(found.map(\.kind) == [.linkDown(change)])
        #expect(found.first?.sender == .community(isKnown: true))
        #expect(listener.statistics.wrongCommunity == 1)
        try listener.change(NotificationAccess(communities: [Community("other")]))
        #expect(send(["-v", "2c", "-c", "other"], to: listener) == 0)
        #expect(await take(1, of: listener).count == 1)
    }

    @Test("an inform is acknowledged: snmpinform ends well, over IPv4, IPv6 and a second address of the host")
    func inform() async throws {
        let listener = try NotificationListener(
            configuration {
                $0.addresses = [TransportAddress(0, 0, 0, 0, port: 0), TransportAddress(anyIPv6: 0)]
            })
        let ports = Set(listener.addresses.map(\.port))
        #expect(ports.count == 1)
        let port = try #require(ports.first)
        var places = ["127.0.0.1:\(port)", "127.0.0.5:\(port)"]
        if listener.addresses.count == 2 { places.append("udp6:[::1]:\(port)") }
        for place in places {
            let options = ["-v", "2c", "-c", "public", "-r", "0", "-t", "5", place]
            #expect(NetSNMPTool.run("snmpinform", options + Self.linkDown) == 0, "\(place)")
        }
        #expect(await take(places.count, of: listener).filter(\.isInform).count == places.count)
        #expect(listener.statistics.informsAcknowledged == UInt64(places.count))
        let refused = ["-v", "2c", "-c", "guess", "-r", "0", "-t", "1", places[0]]
        #expect(NetSNMPTool.run("snmpinform", refused + Self.linkDown) != 0)
    }

    @Test("the acknowledgement comes from the address the inform was sent to")
    func acknowledgementAddress() throws {
        let listener = try NotificationListener(
            configuration { $0.addresses = [TransportAddress(0, 0, 0, 0, port: 0)] })
        let pdu = NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.4", type: .inform)
        let inform = CommunityMessage(version: .v2c, community: Array("public".utf8), pdu: pdu).encode()
        for host: UInt8 in [1, 5] {
            // A connected socket hears that address alone.
            let answer = try #require(
                Self.exchange(inform, TransportAddress(127, 0, 0, host, port: listener.addresses[0].port)))
            #expect(try CommunityMessage(decoding: answer).pdu.type == .response)
        }
    }

    private static func exchange(_ octets: [UInt8], _ address: TransportAddress) -> [UInt8]? {
        let file = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(file) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = address.port.bigEndian
        place.sin_addr.s_addr = (address.ipv4 ?? 0).bigEndian
        let isConnected = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, Glibc.send(file, octets, octets.count, 0) == octets.count else { return nil }
        var wait = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 5000) == 1 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 2048)
        let count = recv(file, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    @Test("a flood from one address is cut while another address passes")
    func flood() async throws {
        let listener = try NotificationListener(
            configuration {
                $0.addresses = [TransportAddress(0, 0, 0, 0, port: 0)]
                $0.sourcePerSecond = 0.001
                $0.sourceBurst = 5
            })
        let port = listener.addresses[0].port
        for source in Array(repeating: "127.0.0.3", count: 12) + ["127.0.0.4"] {
            let options = ["-v", "2c", "-c", "public", "--clientaddr=\(source)", "127.0.0.1:\(port)"]
            #expect(NetSNMPTool.run("snmptrap", options + Self.linkDown) == 0)
        }
        let found = await take(6, of: listener)
        #expect(found.map(\.source.host) == Array(repeating: "127.0.0.3", count: 5) + ["127.0.0.4"])
        #expect(listener.statistics.rateLimited == 7)
    }

    @Test("an address that is taken is an error that names it")
    func taken() throws {
        let first = try NotificationListener(configuration())
        do {
            _ = try NotificationListener(configuration { $0.addresses = first.addresses })
            Issue.record("bound twice")
        } catch {
            #expect(error.code == .system("bind", errno: EADDRINUSE))
            #expect(error.target == first.addresses[0])
        }
    }

    @Test("shutting down ends the reader")
    func shutdown() async throws {
        let listener = try NotificationListener(configuration())
        async let rest = take(1, of: listener)
        listener.shutdown()
        listener.shutdown()
        #expect(await rest.isEmpty)
    }
}
