import ArgumentParser

/// An SNMP agent's address as people write it: `10.1.2.3`, `10.1.2.3:1161`, `[fe80::1]:161`, `sw1.example`.
struct AgentAddress: ExpressibleByArgument, Hashable, Sendable {
    /// IPv4 or IPv6 address, or host name.
    var host: String
    /// UDP port as it was given; nil where it was not.
    var givenPort: Int?
    /// UDP port, an agent's own 161 unless given.
    var port: Int { givenPort ?? 161 }

    /// Reads an address; nil where host or port are missing or wrong.
    init?(argument: String) {
        let colons = argument.count { $0 == ":" }
        if argument.hasPrefix("[") {
            guard let end = argument.firstIndex(of: "]") else { return nil }
            host = String(argument[argument.index(after: argument.startIndex)..<end])
            let rest = argument[argument.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty {
                guard let port = Self.port(rest.dropFirst()) else { return nil }
                givenPort = port
            }
        } else if colons == 1, let colon = argument.firstIndex(of: ":") {
            host = String(argument[..<colon])
            guard let port = Self.port(argument[argument.index(after: colon)...]) else { return nil }
            givenPort = port
        } else {
            host = argument
        }
        guard !host.isEmpty, !host.contains(" ") else { return nil }
    }

    /// The address as `snmpwalk` takes it.
    var text: String { text(defaultPort: 161) }

    /// The address with its port, this one where none was given.
    func text(defaultPort: Int) -> String {
        let port = givenPort ?? defaultPort
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func port(_ text: some StringProtocol) -> Int? {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(text), (1...65_535).contains(port) else {
            return nil
        }
        return port
    }
}
