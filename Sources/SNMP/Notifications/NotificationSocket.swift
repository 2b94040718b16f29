import CSNMPIO
import Glibc

/// One bound UDP socket of a listener.
///
/// Owned by the listener's thread.
final class NotificationSocket {
    let descriptor: Int32
    /// Where it listens, with the port it got.
    let address: TransportAddress
    /// The receive buffer granted, in octets of kernel memory.
    let receiveBufferOctets: Int
    /// The kernel's count of dropped datagrams, as last seen.
    private var kernelDrops: UInt32 = 0

    init(_ wanted: TransportAddress, receiveBufferOctets octets: Int) throws(SNMPError) {
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(wanted.isIPv6 ? AF_INET6 : AF_INET, kind, 0)
        guard descriptor >= 0 else {
            throw SNMPError(.system("socket", errno: errno), operation: .start, target: wanted)
        }
        if wanted.isIPv6 { _ = csnmpio_set_option(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        receiveBufferOctets = Int(csnmpio_set_receive_buffer(descriptor, Int32(clamping: octets)))
        _ = csnmpio_enable_packet_info(descriptor, wanted.isIPv6)
        _ = csnmpio_set_option(descriptor, SOL_SOCKET, SO_RXQ_OVFL, 1)
        guard let bound = Self.bind(descriptor, wanted) else {
            let number = errno
            close(descriptor)
            throw SNMPError(.system("bind", errno: number), operation: .start, target: wanted)
        }
        address = bound
    }

    deinit { close(descriptor) }

    private static func bind(_ descriptor: Int32, _ wanted: TransportAddress) -> TransportAddress? {
        var raw = wanted.raw
        var storage = sockaddr_storage()
        var length = csnmpio_write_address(&raw, &storage)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Glibc.bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        return status == 0 ? TransportAddress(csnmpio_read_address(&storage)) : nil
    }

    /// Datagrams the kernel dropped since the last call.
    func newDrops(_ control: csnmpio_received) -> UInt64 {
        guard control.has_dropped == 1 else { return 0 }
        defer { kernelDrops = control.dropped }
        return UInt64(control.dropped &- kernelDrops)
    }

    /// Sends an answer from the address the question was sent to; false where this host refuses.
    func send(_ octets: [UInt8], to destination: TransportAddress, from local: csnmpio_address) -> Bool {
        var raw = destination.raw
        var local = local
        var storage = sockaddr_storage()
        let length = csnmpio_write_address(&raw, &storage)
        return withUnsafeTemporaryAllocation(byteCount: Int(CSNMPIO_CONTROL_SIZE), alignment: 16) { control in
            var octets = octets
            return octets.withUnsafeMutableBytes { contents in
                withUnsafeMutablePointer(to: &storage) { name in
                    var vector = iovec(iov_base: contents.baseAddress, iov_len: contents.count)
                    return withUnsafeMutablePointer(to: &vector) { vector in
                        var message = msghdr()
                        message.msg_name = UnsafeMutableRawPointer(name)
                        message.msg_namelen = length
                        message.msg_iov = vector
                        message.msg_iovlen = 1
                        if local.is_valid == 1 {
                            message.msg_control = control.baseAddress
                            message.msg_controllen = csnmpio_write_source(&local, control.baseAddress)
                        }
                        return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) >= 0
                    }
                }
            }
        }
    }
}
