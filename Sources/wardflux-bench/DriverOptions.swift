import SNMP

/// What a driver was asked, as `name=value` words.
struct DriverOptions {
    private var values: [Substring: Substring] = [:]

    /// Nil where a word is not of that form or its name is not one of `known`.
    init?(_ words: some Sequence<String>, known: Set<String>) {
        for word in words {
            guard let mark = word.firstIndex(of: "="), known.contains(String(word[..<mark])) else { return nil }
            values[word[..<mark]] = word[word.index(after: mark)...]
        }
    }

    func number(_ name: Substring, default other: Int? = nil) throws -> Int {
        guard let text = values[name] else {
            guard let other else { throw DriverError("'\(name)=' is missing") }
            return other
        }
        guard let number = Int(text), number >= 0 else { throw DriverError("'\(name)=\(text)' is not a number") }
        return number
    }

    func word(_ name: Substring, default other: String) -> String { values[name].map(String.init) ?? other }

    /// The agents named on standard input, as options `port`, `in-flight`, `repetitions` and `user` say.
    func targets() throws -> [Target] {
        guard let port = UInt16(exactly: try number("port")) else { throw DriverError("'port' is above 65535") }
        let credential = try credential()
        var targets: [Target] = []
        while let line = readLine() {
            guard let address = TransportAddress(parsing: line, defaultPort: port) else {
                throw DriverError("'\(line)' is not an address")
            }
            var target = Target(address, credential)
            target.inFlight = try number("in-flight", default: target.inFlight)
            target.maxRepetitions = try number("repetitions", default: target.maxRepetitions)
            targets.append(target)
        }
        guard !targets.isEmpty else { throw DriverError("no addresses on standard input") }
        return targets
    }

    /// Version 2c with the community public, or version 3 with `user=NAME,AUTH_PASS,PRIV_PASS`: SHA and AES-128.
    private func credential() throws -> Credential {
        let words = word("user", default: "").split(separator: ",").map(String.init)
        if words.isEmpty { return .v2c(community: Community("public")) }
        guard words.count == 3 else { throw DriverError("'user=' takes NAME,AUTH_PASS,PRIV_PASS") }
        return .v3(
            USMUser(
                name: words[0], authentication: .init(.sha1, Passphrase(words[1])),
                privacy: .init(.aes128, Passphrase(words[2]))))
    }

    /// The engine's configuration, as options `window`, `threads` and `segmentation` say.
    func configuration() throws -> EngineConfiguration {
        var configuration = EngineConfiguration()
        configuration.window = try number("window", default: configuration.window)
        configuration.threads = try number("threads", default: configuration.threads)
        configuration.segmentation = word("segmentation", default: "automatic") == "off" ? .off : .automatic
        return configuration
    }
}

/// What is wrong with the words a driver was given.
struct DriverError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
