/// A `.snmprec` recording of one agent: lines `OID|tag|value`, read into an image.
///
/// Real recordings are broken in places; reading never fails, it reports. Lines that cannot be read are left out,
/// values out of range are clamped, unsorted files sorted and repeated names dropped (the first wins).
public struct Recording: Sendable {
    /// What the agent answers.
    public let image: MIBImage
    /// What was odd about the file.
    public let report: RecordingReport

    /// Reads the text of a recording.
    ///
    /// - Parameter text: the file's octets, lines ended by LF or CRLF. Empty lines and lines beginning with `#` are
    ///   passed over.
    public init(_ text: [UInt8]) {
        var report = RecordingReport()
        var rows: [MIBRow] = []
        var number = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            var line = line
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            report.lines += 1
            switch RecordingLine.parse(line) {
            case .row(let row, let remark):
                rows.append(row)
                if let remark { report.note(line: number, remark) }
            case .broken(let problem):
                report.broken += 1
                report.note(line: number, problem)
            }
        }
        let made = MIBImage.make(from: rows)
        image = made.image
        report.unordered = made.unordered
        report.duplicates = made.duplicates
        self.report = report
    }
}

/// What was odd about a recording.
public struct RecordingReport: Sendable, Equatable {
    /// One oddity at one line.
    public struct Remark: Sendable, Equatable {
        /// Line number, from 1.
        public let line: Int
        /// What was found and what was done about it.
        public let text: String
    }

    /// Lines with content, broken ones included.
    public var lines = 0
    /// Lines left out because they could not be read.
    public var broken = 0
    /// Rows that stood before a smaller name.
    public var unordered = 0
    /// Rows dropped because their name had come before.
    public var duplicates = 0
    /// Values changed to fit their type.
    public var clamped = 0
    /// The first oddities in file order, at most `remarksMax`.
    public var remarks: [Remark] = []

    /// How many remarks are kept.
    public static let remarksMax = 100

    mutating func note(line: Int, _ remark: RecordingRemark) {
        if remark.isClamp { clamped += 1 }
        if remarks.count < Self.remarksMax { remarks.append(Remark(line: line, text: remark.text)) }
    }
}
