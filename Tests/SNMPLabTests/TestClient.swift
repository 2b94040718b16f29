import CSNMPIO
import Glibc
import Synchronization
import Testing

@testable import SNMPLab

/// A UDP socket that asks and waits, at most five seconds.
final class TestClient {
    private let descriptor: Int32
    private let port: UInt16

    init(port: UInt16, waitSeconds: Int = 5) throws {
        self.port = port
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        try #require(descriptor >= 0)
        var wait = timeval(tv_sec: waitSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    func send(_ octets: [UInt8], to address: String) throws {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = try #require(LabAddress.parse(address)).bigEndian
        name.sin_port = port.bigEndian
        let sent = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                sendto(descriptor, octets, octets.count, 0, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(sent == octets.count)
    }

    /// The next datagram and whom it came from; nil where none came.
    func receive() -> (octets: [UInt8], from: String)? {
        var name = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                recvfrom(descriptor, &octets, octets.count, 0, generic, &size)
            }
        }
        guard count >= 0 else { return nil }
        return (Array(octets.prefix(count)), LabAddress.text(UInt32(bigEndian: name.sin_addr.s_addr)))
    }

    /// Asks one address; the answer must come from there.
    func ask(_ octets: [UInt8], _ address: String) throws -> TestMessage {
        try send(octets, to: address)
        let answer = try #require(receive())
        #expect(answer.from == address)
        return try #require(TestMessage(answer.octets))
    }

    /// All rows below a name, by GETBULK.
    func walk(_ name: String, _ address: String, community: String = "public") throws -> [TestMessage.VarBind] {
        var rows: [TestMessage.VarBind] = []
        var place = name
        while true {
            let answer = try ask(TestMessage.bulk([place], 60, community: community), address)
            try #require(!answer.varBinds.isEmpty)
            for varBind in answer.varBinds {
                guard varBind.tag != 0x82, varBind.name.hasPrefix(name + ".") else { return rows }
                rows.append(varBind)
                place = varBind.name
            }
        }
    }
}

/// A clock that stands where it is put.
final class TestClock: Sendable {
    private let state: Atomic<Int64>

    init(_ milliseconds: Int64) {
        state = Atomic(milliseconds)
    }

    var now: Int64 {
        get { state.load(ordering: .sequentiallyConsistent) }
        set { state.store(newValue, ordering: .sequentiallyConsistent) }
    }
}
