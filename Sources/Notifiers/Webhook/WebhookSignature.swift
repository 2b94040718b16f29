import Crypto
import FoundationEssentials
import Inventory

/// The header `WardFlux-Signature`: `t=1772337600,v1=5257a8…`, one `v1` for each key.
///
/// Signed are the seconds since 1970 of the attempt, a full stop, and the octets of the body: HMAC-SHA256 (RFC 2104),
/// in lower-case hexadecimal.
enum WebhookSignature {
    static let header = "wardflux-signature"
    /// A key shorter than this can be guessed.
    private static let keyOctetsMin = 16

    /// The value of the header; nil without keys.
    static func value(_ keys: [Secret], at time: Timestamp, body: [UInt8]) -> String? {
        guard !keys.isEmpty else { return nil }
        let seconds = String(time.seconds)
        let signatures = keys.map { key in
            var code = HMAC<SHA256>(key: SymmetricKey(data: Array(key.reveal().utf8)))
            code.update(data: Array((seconds + ".").utf8))
            code.update(data: body)
            return ",v1=" + hex(code.finalize())
        }
        return "t=" + seconds + signatures.joined()
    }

    /// Refuses keys that are too short, and more than four.
    static func check(_ keys: [Secret]) throws(NotifierError) {
        guard keys.count <= 4 else {
            throw NotifierError("signing_keys: \(keys.count) keys; use at most 4", isLasting: true)
        }
        guard keys.allSatisfy({ $0.reveal().utf8.count >= keyOctetsMin }) else {
            throw NotifierError(
                "signing_keys: a key is shorter than \(keyOctetsMin) octets; make one with 'openssl rand -hex 32'",
                isLasting: true)
        }
    }

    static func hex(_ octets: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for octet in octets {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 15)])
        }
        return text
    }
}
