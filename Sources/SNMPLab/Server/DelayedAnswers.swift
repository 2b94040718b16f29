import CSNMPIO
import Glibc

/// Answers that wait for their time, because a fault makes their device slow.
struct DelayedAnswers {
    /// An answer with where it goes and where it comes from.
    struct Letter {
        var octets: [UInt8]
        var name: sockaddr_in6
        var nameOctets: socklen_t
        var control: [UInt8]

        func send(_ descriptor: Int32) {
            var octets = octets
            var control = control
            var name = name
            octets.withUnsafeMutableBytes { content in
                control.withUnsafeMutableBytes { source in
                    withUnsafeMutableBytes(of: &name) { destination in
                        var vector = iovec(iov_base: content.baseAddress, iov_len: content.count)
                        withUnsafeMutablePointer(to: &vector) { vector in
                            var header = msghdr()
                            header.msg_name = destination.baseAddress
                            header.msg_namelen = nameOctets
                            header.msg_iov = vector
                            header.msg_iovlen = 1
                            header.msg_control = source.baseAddress
                            header.msg_controllen = source.count
                            _ = sendmsg(descriptor, &header, 0)
                        }
                    }
                }
            }
        }
    }

    /// Latest first, so that the next to be sent is the last.
    private var waiting: [(due: UInt64, letter: Letter)] = []

    /// At most so many wait; what comes beyond them is lost.
    private static let lettersMax = 65_536

    var isEmpty: Bool { waiting.isEmpty }

    /// When the next is due, monotonic nanoseconds.
    var nextDue: UInt64? { waiting.last?.due }

    mutating func add(_ letter: Letter, due: UInt64) {
        guard waiting.count < Self.lettersMax else { return }
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].due > due { low = middle + 1 } else { high = middle }
        }
        waiting.insert((due, letter), at: low)
    }

    /// The next that is due by now.
    mutating func popDue(_ now: UInt64) -> Letter? {
        guard let next = waiting.last, next.due <= now else { return nil }
        waiting.removeLast()
        return next.letter
    }
}
