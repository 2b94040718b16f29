/// A reply of an SMTP server (RFC 5321 4.2): a code and the text of its lines.
struct SMTPReply: Sendable, Hashable {
    /// 200 to 599.
    var code: Int
    /// The texts after the codes, one a line.
    var lines: [String]

    /// Whether it says yes: 2yz.
    var isPositive: Bool { (200..<300).contains(code) }
    /// Whether it says no for good: 5yz.
    var isLasting: Bool { code >= 500 }
    /// Whether it says of a recipient that there is none: 550, 551, 553.
    ///
    /// Not 552, which is for full mailboxes and too many recipients (RFC 5321 4.5.3.1.10), nor 554, which is for policies.
    var hasNoSuchRecipient: Bool { [550, 551, 553].contains(code) }
}

/// Makes replies of what a server sends; bounded, whatever it sends.
struct SMTPReplyParser {
    /// What is not a reply.
    struct Garbage: Error, Hashable {}

    // RFC 5321 4.5.3.1.5 asks for 512 octets; some servers send more.
    private static let lineOctetsMax = 2048
    private static let linesMax = 100
    private var line: [UInt8] = []
    private var lines: [String] = []
    private var code: Int?

    /// Whether something came that is no whole reply yet.
    var hasRest: Bool { !line.isEmpty || code != nil }

    /// Takes octets as they come and answers the replies that are complete.
    mutating func take(_ octets: some Sequence<UInt8>) throws(Garbage) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        for octet in octets {
            guard octet == 10 else {
                line.append(octet)
                guard line.count <= Self.lineOctetsMax else { throw Garbage() }
                continue
            }
            if line.last == 13 { line.removeLast() }
            if let reply = try lineReceived() { replies.append(reply) }
            line.removeAll()
        }
        return replies
    }

    private mutating func lineReceived() throws(Garbage) -> SMTPReply? {
        guard line.count >= 3, line[..<3].allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: line[..<3], as: UTF8.self)), (200..<600).contains(number),
            code == nil || code == number, lines.count < Self.linesMax
        else { throw Garbage() }
        let mark = line.count > 3 ? line[3] : 0x20
        guard mark == 0x20 || mark == 0x2D else { throw Garbage() }
        lines.append(PlainText.line(String(decoding: line.dropFirst(4), as: UTF8.self), octetsMax: 400))
        code = number
        guard mark == 0x20 else { return nil }
        defer { (code, lines) = (nil, []) }
        return SMTPReply(code: number, lines: lines)
    }
}

/// What a server offers in its answer to EHLO.
struct SMTPOffers: Sendable, Hashable {
    /// Keywords in upper case with their parameters.
    private let keywords: [String: [String]]

    /// From the lines after the first.
    init(_ reply: SMTPReply) {
        var keywords: [String: [String]] = [:]
        for line in reply.lines.dropFirst() {
            // `AUTH=LOGIN` is how some servers wrote it before RFC 4954.
            let words = line.uppercased().split { $0 == " " || $0 == "=" }.map(String.init)
            if let keyword = words.first { keywords[keyword, default: []] += words.dropFirst() }
        }
        self.keywords = keywords
    }

    /// Whether an extension is offered.
    func has(_ keyword: String) -> Bool { keywords[keyword] != nil }

    /// Ways of authentication.
    var authentication: [String] { keywords["AUTH"] ?? [] }

    /// The largest message in octets (RFC 1870); nil where it is not told.
    var sizeMax: Int? { keywords["SIZE"]?.first.flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } }
}
