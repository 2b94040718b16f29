/// Where the lab's notifications go, and how.
///
/// linkDown and linkUp when a link fault is ordered or cleared, coldStart on a reboot, warmStart, and
/// authenticationFailure when a wrong community arrives.
public struct LabNotifications: Sendable, Equatable {
    /// The message's version.
    public enum Version: String, Sendable, CaseIterable {
        /// Trap-PDU of RFC 1157.
        case one = "1"
        /// SNMPv2-Trap-PDU or InformRequest-PDU in a message with a community.
        case two = "2c"
        /// The same in a message of version 3 of the first user.
        case three = "3"
    }

    /// An address of 127.0.0.0/8 in dotted decimal, or `::1`.
    public let address: String
    /// The UDP port.
    public let port: UInt16
    /// The version of the messages.
    public var version: Version
    /// The community of versions 1 and 2c.
    public var community: String
    /// Whether informs are sent, up to four times until they are acknowledged; not in version 1.
    public var areInforms: Bool

    /// States where notifications go.
    ///
    /// - Parameter destination: `127.x.y.z:PORT` or `[::1]:PORT`.
    /// - Throws: `LabError` with code `badNotifications` for any other destination, and for informs in version 1.
    public init(
        to destination: some StringProtocol, version: Version = .two, community: String = "public",
        areInforms: Bool = false
    ) throws(LabError) {
        let colon = destination.lastIndex(of: ":")
        let host = colon.map { String(destination[..<$0]) } ?? ""
        let port = colon.flatMap { UInt16(destination[destination.index(after: $0)...]) } ?? 0
        let isLoopback = host == "[::1]" || LabAddress.parse(host).map { $0 >> 24 == 127 } == true
        guard isLoopback, port > 0 else {
            throw LabError(
                .badNotifications, "notifications cannot go to '\(destination)': use 127.x.y.z:PORT or [::1]:PORT")
        }
        guard version != .one || !areInforms else {
            throw LabError(.badNotifications, "version 1 has no informs: use version 2c or 3")
        }
        address = host == "[::1]" ? "::1" : host
        self.port = port
        self.version = version
        self.community = community
        self.areInforms = areInforms
    }
}
