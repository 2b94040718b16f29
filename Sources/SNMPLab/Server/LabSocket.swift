import CSNMPIO
import Glibc

/// A bound UDP socket that says where each datagram was sent to.
struct LabSocket: Sendable {
    let descriptor: Int32
    let port: UInt16

    /// How long a thread waits before it looks whether it is to stop.
    static let waitMilliseconds = 100

    /// Opens and binds; `port` overrides the configured one for the second and later threads.
    init(_ bind: LabConfiguration.Bind, port override: UInt16?, sharesPort: Bool) throws(LabError) {
        let (address, wanted) = try Self.address(bind)
        let isSix = address == LabAddress.sixLoopback
        let descriptor = socket(
            isSix ? AF_INET6 : AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.error("a UDP socket cannot be opened", errno) }
        self.descriptor = descriptor
        do throws(LabError) {
            Self.setOptions(descriptor, sharesPort: sharesPort, isSix: isSix)
            port = try Self.bind(descriptor, address, override ?? wanted)
        } catch {
            _ = Glibc.close(descriptor)
            throw error
        }
    }

    func close() {
        _ = Glibc.close(descriptor)
    }

    private static func address(_ bind: LabConfiguration.Bind) throws(LabError) -> (UInt32, UInt16) {
        switch bind {
        case .loopbackRange(let port): return (0, port)
        case .address(let text, let port):
            if text == "::1" { return (LabAddress.sixLoopback, port) }
            guard let address = LabAddress.parse(text) else {
                throw LabError(.notLoopback, "'\(text)' is no IPv4 address; use one of 127.0.0.0/8, or ::1")
            }
            guard address >> 24 == 127 else {
                throw LabError(.notLoopback, "'\(text)' is not of 127.0.0.0/8, and a lab serves nothing else")
            }
            return (address, port)
        }
    }

    private static func setOptions(_ descriptor: Int32, sharesPort: Bool, isSix: Bool) {
        // The device binding keeps other machines' datagrams out early; where it is not allowed, the destination
        // address of each datagram is looked at all the same.
        setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3)
        _ = csnmpio_enable_packet_info(descriptor, isSix)
        if isSix { _ = csnmpio_set_option(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        // Only among the threads of one lab: a second lab on the same port is to be told so.
        if sharesPort { _ = csnmpio_set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        _ = csnmpio_set_receive_buffer(descriptor, 8 << 20)
        _ = csnmpio_set_send_buffer(descriptor, 8 << 20)
        var wait = timeval(tv_sec: 0, tv_usec: waitMilliseconds * 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    private static func bind(_ descriptor: Int32, _ address: UInt32, _ port: UInt16) throws(LabError) -> UInt16 {
        var local = csnmpio_address()
        local.port = port
        if address == LabAddress.sixLoopback {
            local.is_ipv6 = 1
            local.octets.15 = 1
        } else {
            let bytes = address.bigEndian
            withUnsafeBytes(of: bytes) { from in withUnsafeMutableBytes(of: &local.octets) { $0.copyMemory(from: from) }
            }
        }
        var name = sockaddr_storage()
        var size = csnmpio_write_address(&local, &name)
        let failure = withUnsafeMutablePointer(to: &name) { pointer -> Int32 in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard Glibc.bind(descriptor, generic, size) == 0 else { return errno }
                size = socklen_t(MemoryLayout<sockaddr_storage>.size)
                return getsockname(descriptor, generic, &size) == 0 ? 0 : errno
            }
        }
        guard failure == 0 else {
            throw error("UDP port \(port) of \(LabAddress.text(address)) cannot be bound; choose another", failure)
        }
        return csnmpio_read_address(&name).port
    }

    private static func error(_ what: String, _ number: Int32) -> LabError {
        LabError(.cannotBind, "\(what): \(String(cString: strerror(number)))")
    }
}
