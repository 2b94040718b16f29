import Glibc
import Synchronization

/// A UDP agent on 127.0.0.1 with a thread of its own.
///
/// What it answers is decided by a closure: the request and how many datagrams came before it, to datagrams.
final class LoopbackAgent: Sendable {
    typealias Behaviour = @Sendable (_ request: [UInt8], _ number: Int) -> [[UInt8]]

    let port: UInt16
    private let descriptor: Int32
    private let received = Mutex<[[UInt8]]>([])
    private let behaviour: Behaviour
    private let answersFromOtherPort: Bool

    init(answersFromOtherPort: Bool = false, _ behaviour: @escaping Behaviour) throws {
        (descriptor, port) = try Self.open()
        self.behaviour = behaviour
        self.answersFromOtherPort = answersFromOtherPort
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<LoopbackAgent>.fromOpaque(raw).takeRetainedValue().serve() }
                return nil
            }, context.toOpaque())
        pthread_detach(thread)
    }

    /// An agent that answers as a scripted one does.
    convenience init(_ agent: ScriptedAgent) throws {
        try self.init { request, _ in agent.respond(to: request).map { [$0] } ?? [] }
    }

    /// The requests received so far.
    var requests: [[UInt8]] { received.withLock { $0 } }

    /// Ends the thread.
    func stop() {
        var end: UInt8 = 0
        _ = Self.send(descriptor, &end, 1, to: port)
    }

    /// Sends the agent two octets from a socket of its own: once they are among the requests, all before is answered.
    func poke() -> Bool {
        guard let other = try? Self.open().0 else { return false }
        defer { close(other) }
        return Self.send(other, [0x30, 0], 2, to: port) == 2
    }

    /// A port that was free a moment ago.
    static func closedPort() throws -> UInt16 {
        let (descriptor, port) = try open()
        close(descriptor)
        return port
    }

    private func serve() {
        let other = try? Self.open().0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var source = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &source) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
                }
            }
            if count == 1 { break }
            guard count > 1 else { continue }
            let request = Array(buffer[..<count])
            let number = received.withLock { all in
                all.append(request)
                return all.count - 1
            }
            for var response in behaviour(request, number) {
                let from = answersFromOtherPort ? other ?? descriptor : descriptor
                _ = Self.send(from, &response, response.count, to: UInt16(bigEndian: source.sin_port))
            }
        }
        close(descriptor)
        if let other { close(other) }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func send(_ descriptor: Int32, _ octets: UnsafePointer<UInt8>, _ count: Int, to port: UInt16) -> Int
    {
        var address = loopback(port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, octets, count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func open() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var octets: Int32 = 16 << 20
        if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &octets, 4) != 0 {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, 4)
        }
        var address = loopback(0)
        // All of 127.0.0.0/8 leads here.
        address.sin_addr.s_addr = 0
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard descriptor >= 0, status == 0 else { throw LoopbackError() }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    struct LoopbackError: Error {}
}
