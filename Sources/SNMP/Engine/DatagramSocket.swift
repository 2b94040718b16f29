import CSNMPIO
import Glibc

/// One unconnected UDP socket that all targets of a family share, with its queue of requests to send.
///
/// Owned by one I/O thread.
///
/// Proof: unchecked exclusivity, because each access to the queue ends before another begins.
final class DatagramSocket {
    let descriptor: Int32
    let isIPv6: Bool
    /// The receive buffer granted, in octets of kernel memory.
    let receiveBufferOctets: Int
    /// The request-ids of the slots whose requests are to be sent.
    @exclusivity(unchecked) var sendQueue: [Int32] = []
    /// How many of `sendQueue` were dealt with.
    @exclusivity(unchecked) var sendQueueHead = 0
    /// Messages refused since one was sent.
    var refusals = 0
    /// From so many on, a refusal counts even where an ICMP error was pending: they may come without end.
    static let refusalsMax = 64
    /// The kernel's send buffer is full: waits for EPOLLOUT.
    var isBlocked = false
    /// Whether several requests to one agent may go out as one message.
    private var segments: Bool
    /// The destinations that take no such messages; few, if any.
    private var unsegmented: Set<TransportAddress> = []
    /// The kernel's count of dropped datagrams, as last seen.
    var kernelDrops: UInt32 = 0

    init(isIPv6: Bool, _ configuration: EngineConfiguration) throws(SNMPError) {
        let family = isIPv6 ? AF_INET6 : AF_INET
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let opened = socket(family, kind, 0)
        guard opened >= 0 else { throw SNMPError(.system("socket", errno: errno), operation: .start) }
        descriptor = opened
        self.isIPv6 = isIPv6
        segments = configuration.segmentation == .automatic && csnmpio_can_segment(opened)
        if isIPv6 { _ = csnmpio_set_option(opened, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        let octets = Int32(clamping: configuration.receiveBufferOctets)
        self.receiveBufferOctets = Int(csnmpio_set_receive_buffer(opened, octets))
        _ = csnmpio_set_send_buffer(opened, 4 << 20)
        _ = csnmpio_enable_error_queue(opened, isIPv6)
        _ = csnmpio_set_option(opened, SOL_SOCKET, SO_RXQ_OVFL, 1)
        var any = csnmpio_address()
        any.is_ipv6 = isIPv6 ? 1 : 0
        var storage = sockaddr_storage()
        let length = csnmpio_write_address(&any, &storage)
        let bound = withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(opened, $0, length) }
        }
        guard bound == 0 else {
            // All is set up: the socket is closed with this object.
            throw SNMPError(.system("bind", errno: errno), operation: .start)
        }
    }

    deinit { close(descriptor) }

    /// Whether several requests to this address may go out as one message.
    @inline(__always)
    func segments(to address: TransportAddress) -> Bool {
        segments && (unsegmented.isEmpty || !unsegmented.contains(address))
    }

    /// The kernel refused a message of several requests: they go out one by one from now on.
    func segmentsRefused(to address: TransportAddress, _ number: Int32) {
        if number == ENOPROTOOPT || unsegmented.count >= 1024 { segments = false }
        unsegmented.insert(address)
    }

    var hasRequestsToSend: Bool { sendQueueHead < sendQueue.count }

    /// Takes requests that were dealt with off the queue.
    func removeSent(_ count: Int) {
        sendQueueHead += count
        if sendQueueHead >= sendQueue.count {
            sendQueue.removeAll(keepingCapacity: true)
            sendQueueHead = 0
        } else if sendQueueHead > 4096 {
            sendQueue.removeFirst(sendQueueHead)
            sendQueueHead = 0
        }
    }
}
