import CSNMPIO
import Glibc

/// Memory for a batch of datagrams and their answers, laid out once.
///
/// Owned by one thread.
final class DatagramBatch {
    static let size = 64
    private static let requestOctets = 65_536
    private static let controlOctets = 64

    private let incoming = UnsafeMutablePointer<mmsghdr>.allocate(capacity: size)
    /// Twice as many: a fault may put a false answer before each right one.
    private static let answersMax = size * 2
    private let outgoing = UnsafeMutablePointer<mmsghdr>.allocate(capacity: answersMax)
    private let vectors = UnsafeMutablePointer<iovec>.allocate(capacity: size + answersMax)
    /// Room for either family.
    private let names = UnsafeMutablePointer<sockaddr_in6>.allocate(capacity: size)
    private let controls = UnsafeMutableRawPointer.allocate(byteCount: size * controlOctets, alignment: 16)
    /// Pages of it that no datagram reaches are never touched.
    private let requests = UnsafeMutableRawPointer.allocate(byteCount: size * requestOctets, alignment: 4096)
    private let answers: UnsafeMutablePointer<UInt8>
    private let answerOctets: Int
    private var pushed = 0

    /// A datagram that came in.
    struct Datagram {
        let bytes: UnsafeMutablePointer<UInt8>
        let count: Int
        /// In host byte order; `LabAddress.sixLoopback` for ::1, 0 for what is no loopback address.
        let destination: UInt32
    }

    init(answerOctets: Int) {
        self.answerOctets = (answerOctets + 127) & ~63
        answers = .allocate(capacity: self.answerOctets * Self.answersMax)
        vectors.initialize(repeating: iovec(), count: Self.size + Self.answersMax)
        names.initialize(repeating: sockaddr_in6(), count: Self.size)
        incoming.initialize(repeating: mmsghdr(), count: Self.size)
        outgoing.initialize(repeating: mmsghdr(), count: Self.answersMax)
        for index in 0..<Self.size {
            vectors[index] = iovec(iov_base: requests + index * Self.requestOctets, iov_len: Self.requestOctets)
            incoming[index].msg_hdr.msg_iov = vectors + index
            incoming[index].msg_hdr.msg_iovlen = 1
            incoming[index].msg_hdr.msg_name = UnsafeMutableRawPointer(names + index)
            incoming[index].msg_hdr.msg_control = controls + index * Self.controlOctets
        }
        for index in 0..<Self.answersMax {
            outgoing[index].msg_hdr.msg_iov = vectors + Self.size + index
            outgoing[index].msg_hdr.msg_iovlen = 1
        }
    }

    deinit {
        incoming.deallocate()
        outgoing.deallocate()
        vectors.deallocate()
        names.deallocate()
        controls.deallocate()
        requests.deallocate()
        answers.deallocate()
    }

    /// Waits for datagrams as the flags say and takes what there are; 0 where none came in time.
    func receive(_ descriptor: Int32, _ flags: Int32) -> Int {
        pushed = 0
        for index in 0..<Self.size {
            incoming[index].msg_hdr.msg_namelen = socklen_t(MemoryLayout<sockaddr_in6>.size)
            incoming[index].msg_hdr.msg_controllen = Self.controlOctets
        }
        let flags = flags == 0 ? Int32(MSG_DONTWAIT) : flags
        return max(Int(csnmpio_receive(descriptor, incoming, UInt32(Self.size), flags)), 0)
    }

    /// A datagram of the batch.
    func datagram(_ index: Int) -> Datagram {
        let seen = csnmpio_read_control(&incoming[index].msg_hdr)
        let bytes = (requests + index * Self.requestOctets).assumingMemoryBound(to: UInt8.self)
        return Datagram(
            bytes: bytes, count: Int(incoming[index].msg_len), destination: Self.destination(seen.local))
    }

    private static func destination(_ local: csnmpio_address) -> UInt32 {
        guard local.is_valid != 0 else { return 0 }
        let octets = local.octets
        guard local.is_ipv6 == 0 else {
            return withUnsafeBytes(of: octets) { $0[15] == 1 && $0.dropLast().allSatisfy { $0 == 0 } }
                ? LabAddress.sixLoopback : 0
        }
        let address = UInt32(octets.0) << 24 | UInt32(octets.1) << 16 | UInt32(octets.2) << 8 | UInt32(octets.3)
        return octets.0 == 127 ? address : 0
    }

    /// Where the next answer is to be written.
    var answerBuffer: UnsafeMutablePointer<UInt8> {
        answers + pushed * answerOctets
    }

    /// Puts the answer just written into the outgoing batch.
    ///
    /// It leaves from the address the request was sent to: the control message that said so is sent back as it is.
    func push(_ start: Int, _ count: Int, inReplyTo index: Int) {
        vectors[Self.size + pushed] = iovec(iov_base: answerBuffer + start, iov_len: count)
        outgoing[pushed].msg_hdr.msg_name = incoming[index].msg_hdr.msg_name
        outgoing[pushed].msg_hdr.msg_namelen = incoming[index].msg_hdr.msg_namelen
        outgoing[pushed].msg_hdr.msg_control = incoming[index].msg_hdr.msg_control
        outgoing[pushed].msg_hdr.msg_controllen = incoming[index].msg_hdr.msg_controllen
        pushed += 1
    }

    /// Sends the batch; answers how many the system did not take.
    func send(_ descriptor: Int32) -> Int {
        var sent = 0
        var failed = 0
        while sent < pushed {
            let taken = Int(csnmpio_send(descriptor, outgoing + sent, UInt32(pushed - sent), 0))
            if taken > 0 {
                sent += taken
            } else if errno != EINTR {
                // One destination's trouble is not the others'.
                sent += 1
                failed += 1
            }
        }
        return failed
    }

    /// A copy of the answer just written, to be sent later.
    func letter(_ start: Int, _ count: Int, inReplyTo index: Int) -> DelayedAnswers.Letter {
        let header = incoming[index].msg_hdr
        return DelayedAnswers.Letter(
            octets: Array(UnsafeBufferPointer(start: answerBuffer + start, count: count)),
            name: names[index],
            nameOctets: header.msg_namelen,
            control: Array(UnsafeRawBufferPointer(start: header.msg_control, count: Int(header.msg_controllen)))
        )
    }
}
