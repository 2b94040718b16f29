import CSNMPIO
import Glibc

/// Memory for one recvmmsg or sendmmsg: headers, addresses, control messages and buffers, allocated once.
///
/// Owned by one I/O thread.
final class DatagramBatch {
    /// Messages in one system call.
    static let size = 64
    /// Datagrams in one system call, when some messages hold several.
    static let datagramsMax = 256
    /// Datagrams in one message: no kernel takes fewer than 64.
    static let segmentsMax = 32
    /// The longest datagram that is sent with others in one message: those of any link fit.
    static let segmentOctetsMax = 1200
    /// The largest UDP payload there is; pages are touched only as far as datagrams reach.
    static let bufferOctets = 65_536
    /// From one buffer to the next: no power of two, or the beginnings of all would share a few places of the cache.
    private static let strideOctets = bufferOctets + 1600

    let headers: UnsafeMutablePointer<mmsghdr>
    private let vectors: UnsafeMutablePointer<iovec>
    private let addresses: UnsafeMutablePointer<sockaddr_storage>
    private let control: UnsafeMutableRawPointer
    private let buffers: UnsafeMutableRawPointer?
    /// The messages to be sent.
    private(set) var count = 0
    /// The datagrams of all of them.
    private(set) var datagramCount = 0
    /// For each message to be sent, where its datagrams end.
    private let ends: UnsafeMutablePointer<Int>

    /// Makes a batch; one for sending has no buffers of its own.
    init(receives: Bool) {
        headers = .allocate(capacity: Self.size)
        vectors = .allocate(capacity: Self.datagramsMax)
        ends = .allocate(capacity: Self.size)
        addresses = .allocate(capacity: Self.size)
        control = .allocate(byteCount: Self.size * Int(CSNMPIO_CONTROL_SIZE), alignment: 16)
        headers.initialize(repeating: mmsghdr(), count: Self.size)
        vectors.initialize(repeating: iovec(), count: Self.datagramsMax)
        ends.initialize(repeating: 0, count: Self.size)
        addresses.initialize(repeating: sockaddr_storage(), count: Self.size)
        buffers = receives ? .allocate(byteCount: Self.size * Self.strideOctets, alignment: 4096) : nil
        for place in 0..<Self.size {
            headers[place].msg_hdr.msg_iov = vectors + place
            headers[place].msg_hdr.msg_iovlen = 1
            headers[place].msg_hdr.msg_name = UnsafeMutableRawPointer(addresses + place)
            guard let buffers else { continue }
            vectors[place].iov_base = buffers + place * Self.strideOctets
            vectors[place].iov_len = Self.bufferOctets
            prepareToReceive(place)
        }
    }

    deinit {
        headers.deallocate()
        vectors.deallocate()
        ends.deallocate()
        addresses.deallocate()
        control.deallocate()
        buffers?.deallocate()
    }

    @inline(__always)
    private func prepareToReceive(_ place: Int) {
        headers[place].msg_hdr.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
        headers[place].msg_hdr.msg_control = control + place * Int(CSNMPIO_CONTROL_SIZE)
        headers[place].msg_hdr.msg_controllen = Int(CSNMPIO_CONTROL_SIZE)
        headers[place].msg_hdr.msg_flags = 0
    }

    /// Receives what is there: the number of messages, or the negative errno.
    func receive(_ descriptor: Int32, flags: Int32, count: Int = DatagramBatch.size) -> Int {
        let received = csnmpio_receive(descriptor, headers, UInt32(count), flags)
        return received < 0 ? -Int(errno) : Int(received)
    }

    /// Makes the first messages ready to be received into again.
    func recycle(_ count: Int) {
        for place in 0..<count { prepareToReceive(place) }
    }

    /// The octets of a received message.
    @inline(__always)
    func octets(_ place: Int) -> UnsafeRawBufferPointer {
        let count = min(Int(headers[place].msg_len), Self.bufferOctets)
        return UnsafeRawBufferPointer(start: vectors[place].iov_base, count: count)
    }

    @inline(__always)
    func isTruncated(_ place: Int) -> Bool {
        headers[place].msg_hdr.msg_flags & Int32(MSG_TRUNC) != 0
    }

    @inline(__always)
    func hasControl(_ place: Int) -> Bool { headers[place].msg_hdr.msg_controllen > 0 }

    func control(_ place: Int) -> csnmpio_received { csnmpio_read_control(&headers[place].msg_hdr) }

    /// The source of a received message; the original destination for one of the error queue.
    @inline(__always)
    func address(_ place: Int) -> TransportAddress? {
        let raw = csnmpio_read_address(addresses + place)
        return raw.is_valid == 1 ? TransportAddress(raw) : nil
    }
}

/// Sending.
extension DatagramBatch {
    /// Whether another datagram can be put.
    @inline(__always)
    var hasRoom: Bool { count < Self.size && datagramCount < Self.datagramsMax }

    /// Forgets the messages to be sent.
    func clear() {
        count = 0
        datagramCount = 0
    }

    /// Puts a message of one datagram behind the others.
    @inline(__always)
    func put(_ octets: UnsafeMutableRawBufferPointer, to address: TransportAddress) {
        var raw = address.raw
        let place = count
        headers[place].msg_hdr.msg_namelen = csnmpio_write_address(&raw, addresses + place)
        headers[place].msg_hdr.msg_iov = vectors + datagramCount
        headers[place].msg_hdr.msg_iovlen = 1
        headers[place].msg_hdr.msg_control = nil
        headers[place].msg_hdr.msg_controllen = 0
        count += 1
        add(octets)
    }

    /// Puts a datagram to the same destination behind the last message's, if it can go out as one more segment of it.
    ///
    /// All segments of a message are equally long, but for the last, which may be shorter.
    @inline(__always)
    func putSegment(_ octets: UnsafeMutableRawBufferPointer) -> Bool {
        let place = count - 1
        guard place >= 0, datagramCount < Self.datagramsMax, let first = headers[place].msg_hdr.msg_iov else {
            return false
        }
        let segments = Int(headers[place].msg_hdr.msg_iovlen)
        let length = first[0].iov_len
        guard segments < Self.segmentsMax, octets.count <= length, length <= Self.segmentOctetsMax,
            first[segments - 1].iov_len == length
        else { return false }
        if segments == 1 {
            let room = control + place * Int(CSNMPIO_CONTROL_SIZE)
            headers[place].msg_hdr.msg_control = room
            headers[place].msg_hdr.msg_controllen = csnmpio_write_segment(UInt16(length), room)
        }
        headers[place].msg_hdr.msg_iovlen += 1
        add(octets)
        return true
    }

    @inline(__always)
    private func add(_ octets: UnsafeMutableRawBufferPointer) {
        vectors[datagramCount].iov_base = octets.baseAddress
        vectors[datagramCount].iov_len = octets.count
        datagramCount += 1
        ends[count - 1] = datagramCount
    }

    /// The datagrams of the first messages.
    @inline(__always)
    func datagrams(inFirst messages: Int) -> Int { messages > 0 ? ends[messages - 1] : 0 }

    /// Whether the message goes out as several datagrams.
    @inline(__always)
    func isSegmented(_ place: Int) -> Bool { headers[place].msg_hdr.msg_iovlen > 1 }

    /// Sends the messages: how many were sent, or the negative errno of the first one.
    func send(_ descriptor: Int32) -> Int {
        let sent = csnmpio_send(descriptor, headers, UInt32(count), Int32(MSG_NOSIGNAL))
        return sent < 0 ? -Int(errno) : Int(sent)
    }
}
