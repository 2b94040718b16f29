import Glibc
import SNMP

/// Why a notification was not delivered, as far as this host knows.
enum NotificationPostFault: Error, Hashable {
    /// An inform was not acknowledged, or not taken.
    case inform(SNMPError)
    /// A call of the operating system failed.
    case system(String, errno: Int32)
    /// The message cannot be made: it is too large, or the user or engine ID cannot be.
    case notEncodable
}

/// Sends one notification: a trap over a socket of its own, an inform through an engine, which waits for its answer.
struct NotificationPost: Sendable {
    /// Whom to, how patiently, and with which community or user.
    let target: Target
    /// What is sent.
    let notification: OutgoingNotification
    /// The engine that traps of version 3 are from: one of this host, since receivers keep a clock for each engine.
    var engineID = NotificationConfiguration.engineID(named: "wardflux-send-" + Self.hostName)

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Sends it; an inform again until it is acknowledged.
    func send(isInform: Bool) async throws(NotificationPostFault) {
        guard isInform else { return try PostSocket(target.address).send(encoded()) }
        do {
            let engine = try Engine()
            defer { engine.shutdown() }
            try await engine.inform(notification.pdu(requestID: 0, isInform: true).varBinds, to: target)
        } catch {
            throw .inform(error)
        }
    }

    private func encoded() throws(NotificationPostFault) -> [UInt8] {
        let number = Int32.random(in: 1...Int32.max)
        let trap = notification.pdu(requestID: number, isInform: false)
        switch target.credential {
        case .v1(let community):
            return CommunityMessage(version: .v1, community: community.octets, pdu: notification.pduV1).encode()
        case .v2c(let community):
            return CommunityMessage(version: .v2c, community: community.octets, pdu: trap).encode()
        case .v3(let user):
            // The boots rise with the wall clock, so that a receiver that remembers earlier ones takes this one too.
            let message = user.trapMessage(
                trap, engineID: engineID, engineBoots: UpTime.secondsSince2000(), engineTime: 0, messageID: number)
            guard let message else { throw .notEncodable }
            return message
        }
    }
}

/// A UDP socket to one receiver, closed with its last user.
private final class PostSocket {
    private let descriptor: Int32

    init(_ address: TransportAddress) throws(NotificationPostFault) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, "\(address.port)", &hints, &list) == 0, let found = list?.pointee else {
            throw .system("getaddrinfo", errno: EINVAL)
        }
        defer { freeaddrinfo(list) }
        descriptor = socket(found.ai_family, found.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("socket", errno: errno) }
        guard connect(descriptor, found.ai_addr, found.ai_addrlen) == 0 else {
            throw .system("connect", errno: errno)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends a datagram; that nobody listens, as an earlier one found, is no fault of this one.
    func send(_ message: [UInt8]) throws(NotificationPostFault) {
        for _ in 0..<2 {
            if Glibc.send(descriptor, message, message.count, 0) == message.count { return }
            guard errno == ECONNREFUSED || errno == EINTR else { break }
        }
        throw .system("send", errno: errno)
    }
}

/// How long this host has been up.
enum UpTime {
    /// Hundredths of a second since the system's start, as sysUpTime counts them.
    static func hundredths() -> UInt32 {
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        return UInt32(truncatingIfNeeded: now.tv_sec * 100 + now.tv_nsec / 10_000_000)
    }

    /// Seconds since 2000-01-01, as the listener counts its own boots.
    static func secondsSince2000() -> Int32 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int32(clamping: max(1, now.tv_sec - 946_684_800))
    }
}

extension AgentFailure {
    /// What a person is told of a notification that was not delivered.
    func notSent(_ fault: NotificationPostFault) -> CommandFailure {
        let place = address.text(defaultPort: Int(TransportAddress.notificationPort))
        switch fault {
        case .inform(let error):
            guard error.code == .timeout || error.code == .refused else { return failure(error, status: .noAnswer) }
            let attempts = "\(error.attempts) \(error.attempts == 1 ? "attempt" : "attempts")"
            return CommandFailure(
                "\(place) does not acknowledge the inform (\(attempts))",
                remedy: "Check address, port and \(whom), and that a receiver of notifications runs there.",
                status: .noAnswer)
        case .system(let call, let number):
            return CommandFailure("\(place): \(call): \(String(cString: strerror(number)))", status: .noAnswer)
        case .notEncodable:
            return CommandFailure(
                "the notification does not fit a message", remedy: "Send fewer or shorter variable bindings.",
                status: .usage)
        }
    }
}
