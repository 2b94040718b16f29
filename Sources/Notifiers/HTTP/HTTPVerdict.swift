import Inventory

/// What an answer over HTTP means for a notice.
enum HTTPVerdict {
    /// Nil where the receiver took it (2xx).
    ///
    /// Only 400, 413 and 422 last: they are about this notice. All else is about the receiver, and may be mended;
    /// redirects are not followed.
    static func error(
        status: Int, retryAfter: String?, excerpt: String, origin: String, now: Timestamp
    ) -> NotifierError? {
        let wait = retryAfter.flatMap { RetryAfter.seconds($0, now: now) }
        let said = excerpt.isEmpty ? "" : ": \(excerpt)"
        switch status {
        case 200..<300:
            return nil
        case 300..<400:
            return NotifierError(
                "\(origin) answers with a redirect (\(status)); configure the address it leads to",
                retryAfterSeconds: wait)
        case 408, 425, 429:
            return NotifierError("\(origin) asks for patience (\(status))\(said)", retryAfterSeconds: wait)
        case 401, 403:
            return NotifierError(
                "\(origin) refuses who we are (\(status))\(said); check its credentials", retryAfterSeconds: wait)
        case 400, 422:
            return NotifierError("\(origin) refuses the notice (\(status))\(said)", isLasting: true)
        case 413:
            var error = NotifierError("the notice is too long for \(origin) (\(status))\(said)", isLasting: true)
            error.isTooLong = true
            return error
        case 402..<500:
            return NotifierError(
                "\(origin) refuses the request (\(status))\(said); check the address", retryAfterSeconds: wait)
        default:
            return NotifierError("\(origin) failed (\(status))\(said)", retryAfterSeconds: wait)
        }
    }
}

/// The header Retry-After (RFC 9110 10.2.3).
enum RetryAfter {
    private static let secondsMax = 86_400.0

    /// Seconds to wait from `now`, at most a day; nil where the value is neither seconds nor a date.
    static func seconds(_ value: String, now: Timestamp) -> Double? {
        let text = value.trimmingPrefix { $0 == " " }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(Double(text) ?? secondsMax, secondsMax)
        }
        guard let date = httpDate(text) else { return nil }
        return min(max(0, date.secondsSince(now)), secondsMax)
    }

    /// IMF-fixdate (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func httpDate(_ text: some StringProtocol) -> Timestamp? {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let numbers = [parts[1], parts[3], parts[4], parts[5], parts[6]].compactMap { Int64($0) }
        guard numbers.count == 5, (1970...9999).contains(numbers[1]),
            let civil = CivilTime(
                year: numbers[1], month: Int64(month) + 1, day: numbers[0], hour: numbers[2], minute: numbers[3],
                second: numbers[4])
        else { return nil }
        return Timestamp(seconds: civil.secondsSince1970)
    }

    /// Names of months in HTTP and mail.
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
