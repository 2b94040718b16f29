/// The checks every device passes, whether it comes from a file, a request or a command line.
///
/// Each throws an `ImportProblem` without a place, whose message names the value and the remedy.
extension DeviceDraft {
    /// A device's name: 1 to 255 characters, no control characters; white space around it is dropped.
    public static func checkedName(_ text: String) throws(ImportProblem) -> String {
        do {
            return try DraftFields.name(DraftFields.trimmed(text))
        } catch {
            throw ImportProblem(at: nil, error.message)
        }
    }

    /// A device's address in canonical form: IPv4, IPv6 (RFC 5952), or a host name in lower case.
    public static func checkedAddress(_ text: String) throws(ImportProblem) -> String {
        do {
            return try DraftFields.address(DraftFields.trimmed(text))
        } catch {
            throw ImportProblem(at: nil, error.message)
        }
    }

    /// A UDP port, 1 to 65535.
    public static func checkedPort(_ number: Int) throws(ImportProblem) -> Int {
        do {
            return try DraftFields.port(String(number))
        } catch {
            throw ImportProblem(at: nil, error.message)
        }
    }

    /// Tags, trimmed, sorted, without empty ones and duplicates.
    public static func checkedTags(_ tags: [String]) -> [String] {
        DraftFields.tags(tags)
    }
}
