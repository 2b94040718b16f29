import FoundationEssentials
import Glibc
import Listing
import Testing

@testable import Notifiers

/// What a receiver has of one notice.
struct Delivered {
    /// The same for repetitions.
    var id: String
    /// Everything a person or a program reads.
    var text: String
    /// What is wrong with its form; nil where nothing is.
    var problem: String?
}

/// A real receiver of some kind, running.
struct Receiver {
    let port: Int
    let processes: [PeerProcess]
    /// All that came so far, in order.
    let deliveries: () throws -> [Delivered]

    /// Waits until so much came.
    func wait(for count: Int) async throws -> [Delivered] {
        try await processes[0].wait(for: "delivery number \(count), only \((try? deliveries())?.count ?? 0)") {
            let all = try deliveries()
            return all.count >= count ? all : nil
        }
    }
}

/// The lines of JSON that a peer wrote to a file.
enum Records {
    static func all(_ process: PeerProcess, _ name: String = "record") throws -> [JSONValue] {
        // A line that is being written has no end yet.
        let text = process.text(name)
        guard let end = text.lastIndex(of: "\n") else { return [] }
        return try text[..<end].split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
    }

    static func text(_ value: JSONValue?) -> String {
        if case .string(let text)? = value { text } else { "" }
    }

    static func octets(_ value: JSONValue?) -> [UInt8] {
        Data(base64Encoded: text(value)).map { Array($0) } ?? []
    }

    /// All texts of a document, names of members left out.
    static func strings(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .object(let members): members.flatMap { strings($0.value) }
        case .null, .boolean, .integer, .real: []
        }
    }
}

extension Receiver {
    /// A receiver of HTTP requests, whose bodies are JSON.
    static func http(_ arguments: [String] = []) async throws -> Receiver {
        let process = try PeerProcess("http")
        let port = try await process.startPython("http_receiver.py", ["\(process.folder)/record"] + arguments)
        return Receiver(port: port, processes: [process]) {
            try Records.all(process).map { record in
                let id = Records.text(record["headers"]?["wardflux-delivery"])
                let body = Records.octets(record["body"])
                do {
                    let strings = Records.strings(try JSONParser.parse(body))
                    return Delivered(id: id, text: strings.joined(separator: "\n"))
                } catch {
                    return Delivered(id: id, text: "", problem: "not JSON: \(error)")
                }
            }
        }
    }

    /// Alertmanager, and what it sends on to a webhook of its own.
    static func alertmanager() async throws -> Receiver {
        let sink = try PeerProcess("sink")
        let sinkPort = try await sink.startPython("http_receiver.py", ["\(sink.folder)/record"])
        let process = try PeerProcess("alertmanager")
        let port = try PeerProcess.freePort()
        let configuration = """
            route: {receiver: sink, group_by: ['...'], group_wait: 1ms, group_interval: 100ms, repeat_interval: 24h}
            receivers:
              - name: sink
                webhook_configs: [{url: 'http://127.0.0.1:\(sinkPort)/', send_resolved: true}]
            """
        try Data(configuration.utf8).write(to: URL(filePath: "\(process.folder)/configuration.yml"))
        try process.start([
            "/usr/bin/prometheus-alertmanager", "--config.file=\(process.folder)/configuration.yml",
            "--storage.path=\(process.folder)/data", "--web.listen-address=127.0.0.1:\(port)",
            "--cluster.listen-address=",
        ])
        _ = try await process.wait(for: "open port") { process.text("errors").contains("Listening on") ? true : nil }
        return Receiver(port: port, processes: [process, sink]) {
            try Records.all(sink).map { record in
                let body = try JSONParser.parse(Records.octets(record["body"]))
                guard case .array(let alerts)? = body["alerts"], let alert = alerts.first else {
                    return Delivered(id: "", text: "", problem: "no alerts")
                }
                let state = Records.text(alert["status"]) == "resolved" ? "Resolved: " : ""
                return Delivered(
                    id: Records.text(alert["fingerprint"]),
                    text: state + Records.strings(alert).joined(separator: "\n"))
            }
        }
    }

    /// A mail server.
    static func mail(_ arguments: [String]) async throws -> Receiver {
        let process = try PeerProcess("mail")
        let port = try await process.startPython("smtp_receiver.py", ["\(process.folder)/record"] + arguments)
        return Receiver(port: port, processes: [process]) { try Records.all(process).map(mail) }
    }

    private static let mailHeaders = [
        "auto-submitted", "content-type", "date", "from", "in-reply-to", "message-id", "mime-version", "references",
        "subject", "to", "x-wardflux-delivery",
    ]

    private static func mail(_ record: JSONValue) -> Delivered {
        func list(_ name: String) -> [String] { record[name].map(Records.strings) ?? [] }
        var problems = list("defects")
        let headers = list("headers").filter { $0 != "importance" }
        if headers != mailHeaders { problems.append("headers: \(headers)") }
        if case .integer(let length)? = record["longest_line"], length > 998 { problems.append("line of \(length)") }
        if record["bare_breaks"] != 0 { problems.append("a line break that is none") }
        if list("to") != ["noc@example.org"] { problems.append("to: \(list("to"))") }
        let html = Records.text(record["html"])
        if html.contains("<script") { problems.append("a script") }
        return Delivered(
            id: Records.text(record["message_id"]),
            text: [Records.text(record["subject"]), Records.text(record["text"]), html].joined(separator: "\n"),
            problem: problems.isEmpty ? nil : problems.joined(separator: "; "))
    }

    /// rsyslog over UDP, TCP or TLS.
    static func syslog(_ transport: SyslogSettings.Transport, _ certificate: TestCertificate?) async throws -> Receiver
    {
        let process = try PeerProcess("syslog")
        let port = try PeerProcess.freePort()
        var input = "module(load=\"imudp\")\ninput(type=\"imudp\" address=\"127.0.0.1\" port=\"\(port)\")"
        if transport != .udp {
            input = "input(type=\"imtcp\" address=\"127.0.0.1\" port=\"\(port)\")"
            let tls = "StreamDriver.Name=\"ossl\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"anon\""
            input = "module(load=\"imtcp\" \(transport == .tls ? tls : ""))\n" + input
        }
        var global = "global(workDirectory=\"\(process.folder)\" maxMessageSize=\"64k\""
        if let certificate {
            global += " defaultNetstreamDriverCAFile=\"\(certificate.authority)\""
            global += " defaultNetstreamDriverCertFile=\"\(certificate.certificate)\""
            global += " defaultNetstreamDriverKeyFile=\"\(certificate.key)\""
        }
        let fields = ["hostname", "app-name", "msgid", "structured-data", "msg", "pri", "timestamp"].map { name in
            "property(name=\"\(name)\" outname=\"\(name)\" format=\"jsonf\""
                + (name == "timestamp" ? " dateFormat=\"rfc3339\")" : ")")
        }
        let configuration = """
            \(global))
            \(input)
            template(name="line" type="list" option.jsonf="on") { \(fields.joined(separator: " ")) }
            action(type="omfile" file="\(process.folder)/record" template="line")

            """
        try Data(configuration.utf8).write(to: URL(filePath: "\(process.folder)/configuration"))
        try process.start([
            "/usr/sbin/rsyslogd", "-n", "-f", "\(process.folder)/configuration", "-i", "\(process.folder)/pid",
        ])
        _ = try await process.wait(for: "open port") { isBound(port, isDatagram: transport == .udp) ? true : nil }
        return Receiver(port: port, processes: [process]) {
            try Records.all(process).filter { Records.text($0["app-name"]) == "wardflux" }.map(syslog)
        }
    }

    /// Whether a loopback port is taken.
    private static func isBound(_ port: Int, isDatagram: Bool) -> Bool {
        let table = isDatagram ? "/proc/net/udp" : "/proc/net/tcp"
        let wanted =
            ":" + String(repeating: "0", count: 4 - min(4, String(port, radix: 16).count))
            + String(port, radix: 16, uppercase: true) + " "
        let text = (try? Data(contentsOf: URL(filePath: table))).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.contains("0100007F" + wanted)
    }

    private static func syslog(_ record: JSONValue) -> Delivered {
        let data = Records.text(record["structured-data"])
        let id = data.split(separator: "alert_id=\"").dropFirst().first.map { String($0.prefix(36)) } ?? ""
        var problem: String?
        if !data.hasPrefix("[alert@32473 delivery_id=\"") || !data.hasSuffix("]") { problem = "data: \(data)" }
        if Records.text(record["hostname"]) != "monitor" { problem = "host: \(Records.text(record["hostname"]))" }
        return Delivered(id: id, text: Records.text(record["msg"]) + "\n" + data, problem: problem)
    }
}
