import Glibc
import SNMP

struct AskVersion3 {
    static func main() async throws {
        let user = USMUser(
            name: "monitor",
            authentication: .init(.sha256, passphrase(inVariable: "SNMP_AUTHENTICATION")),
            privacy: .init(.aes128, passphrase(inVariable: "SNMP_PRIVACY")))
        let engine = try Engine()
        print(await name(of: Target(TransportAddress(127, 0, 0, 1), .v3(user)), engine))
        engine.shutdown()
    }

    /// Never in the source, and never on a command line that others can read.
    static func passphrase(inVariable variable: String) -> Passphrase {
        Passphrase(getenv(variable).map { String(cString: $0) } ?? "")
    }

    /// sysName, or what is wrong and what to do about it.
    static func name(of agent: Target, _ engine: Engine) async -> String {
        do throws(SNMPError) {
            let answers = try await engine.get(["1.3.6.1.2.1.1.5.0"], from: agent)
            return answers.first?.value.description ?? "no answer"
        } catch {
            guard case .security(let fault) = error.code else { return error.description }
            switch fault.kind {
            case .unknownUserName, .wrongDigest, .unauthenticResponse:
                return "user \(fault.userName) cannot log in: \(fault.remedy)"
            case .decryptionError, .undecryptableResponse, .silentAfterDiscovery:
                return "the privacy of user \(fault.userName) does not fit: \(fault.remedy)"
            default: return "\(fault); \(fault.remedy)"
            }
        }
    }
}
