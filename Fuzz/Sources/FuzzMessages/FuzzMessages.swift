@testable import SNMP

/// What libFuzzer calls with each input: the octets as one datagram, through every way the library reads one.
///
/// A trap, a sanitizer's word, or an input that decodes, encodes, and then decodes to something else is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    octets.withUnsafeBytes { walkInPlace($0) }
    roundTrip(octets)
    openSecured(octets)
    return 0
}

/// Reads header and variable bindings without copying, as the engine does.
private func walkInPlace(_ datagram: UnsafeRawBufferPointer) {
    guard let message = try? MessageView(datagram) else { return }
    var list = message.varBinds
    while !list.isAtEnd {
        guard let varBind = try? list.readVarBindView() else { return }
        guard (try? list.decodeValue(varBind.value)) != nil else { return }
    }
}

/// Canonical encoding is a fixed point: what was decoded means the same after encoding it again.
private func roundTrip(_ octets: [UInt8]) {
    guard let message = try? CommunityMessage(decoding: octets) else { return }
    guard let again = try? CommunityMessage(decoding: message.encode()) else {
        fatalError("an encoded message does not decode: \(message)")
    }
    guard again == message else { fatalError("decoded \(again) from what was encoded of \(message)") }
}

/// Opens a message of version 3 as the engine does, and as the listener for traps and informs does.
private func openSecured(_ octets: [UInt8]) {
    guard octets.withUnsafeBytes({ V3Header.isVersion3($0) }) else { return }
    var answered = octets
    answered.withUnsafeMutableBytes { _ = try? V3Incoming($0).scopedPDU() }
    var listener = NotificationSecurity(
        users: [USMUser(name: "reader")], engineID: [0x80, 0, 0x1F, 0x88, 4, 1], boots: 1, startedAt: 0)
    var notified = octets
    notified.withUnsafeMutableBytes { buffer in
        guard case .notification(let view, let origin) = listener.datagramReceived(buffer, now: 1000) else { return }
        _ = listener.response(to: view, origin, now: 1000)
    }
}
