import Foundation
public import Inventory

extension ZoneRules {
    /// The zone this host is set to.
    public static var host: ZoneRules {
        ZoneRules(foundation: .current)
    }

    /// A zone of the IANA database, such as `Asia/Tbilisi`.
    ///
    /// Throws `invalidZone` for a name the database does not have.
    public static func named(_ name: String) throws(JobError) -> ZoneRules {
        guard !name.isEmpty, let zone = TimeZone(identifier: name) else {
            throw JobError(
                .invalidZone,
                message: "time zone '\(name)' is not known; write an IANA name such as Asia/Tbilisi or Europe/Berlin")
        }
        return ZoneRules(foundation: zone)
    }

    private init(foundation zone: TimeZone) {
        self.init(name: zone.identifier) { moment in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
    }
}
