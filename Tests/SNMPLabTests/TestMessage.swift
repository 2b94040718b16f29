import Testing

@testable import SNMPLab

/// Requests as a manager would send them, and answers taken apart: written for tests, independent of the agent's code.
struct TestMessage: Equatable {
    struct VarBind: Equatable {
        var name: String
        var tag: UInt8
        var content: [UInt8]

        /// The content as an unsigned number.
        var number: UInt64 {
            content.reduce(0) { $0 << 8 | UInt64($1) }
        }

        var text: String {
            String(decoding: content, as: UTF8.self)
        }
    }

    var version: Int
    var community: String
    var kind: UInt8
    var requestID: Int
    var status: Int
    var index: Int
    var varBinds: [VarBind]

    var names: [String] {
        varBinds.map(\.name)
    }

    /// Encodes a request; the two numbers are error fields, or non-repeaters and max-repetitions.
    static func request(
        _ kind: UInt8, _ names: [String], version: UInt8 = 1, community: String = "public", id: UInt32 = 0x0102_0304,
        _ first: Int64 = 0, _ second: Int64 = 0, value: [UInt8] = [5, 0]
    ) -> [UInt8] {
        let binds = names.flatMap { name -> [UInt8] in
            let octets = ObjectName.parse(name.utf8) ?? []
            return BER.element(BER.sequence, BER.element(BER.objectIdentifier, octets) + value)
        }
        let pdu = BER.signed(Int64(id)) + BER.signed(first) + BER.signed(second) + BER.element(BER.sequence, binds)
        let message = BER.signed(Int64(version)) + BER.element(BER.octetString, Array(community.utf8))
        return BER.element(BER.sequence, message + BER.element(kind, pdu))
    }

    static func get(_ names: [String], version: UInt8 = 1, community: String = "public") -> [UInt8] {
        request(0xA0, names, version: version, community: community)
    }

    static func getNext(_ names: [String], version: UInt8 = 1, community: String = "public") -> [UInt8] {
        request(0xA1, names, version: version, community: community)
    }

    static func bulk(
        _ names: [String], nonRepeaters: Int64 = 0, _ maxRepetitions: Int64, community: String = "public"
    ) -> [UInt8] {
        request(0xA5, names, community: community, nonRepeaters, maxRepetitions)
    }

    /// Takes an answer apart; nil where it is not well formed.
    init?(_ octets: [UInt8]) {
        var outer = Elements(octets[...])
        guard let message = outer.next(), message.tag == 0x30, outer.isAtEnd else { return nil }
        var parts = Elements(message.content)
        guard let version = parts.next(), let community = parts.next(), let pdu = parts.next(), parts.isAtEnd else {
            return nil
        }
        var fields = Elements(pdu.content)
        guard let id = fields.next(), let status = fields.next(), let index = fields.next(), let list = fields.next(),
            fields.isAtEnd
        else { return nil }
        self.version = Self.number(version.content)
        self.community = String(decoding: community.content, as: UTF8.self)
        kind = pdu.tag
        requestID = Self.number(id.content)
        self.status = Self.number(status.content)
        self.index = Self.number(index.content)
        varBinds = []
        var binds = Elements(list.content)
        while let bind = binds.next() {
            var halves = Elements(bind.content)
            guard let name = halves.next(), let value = halves.next(), halves.isAtEnd else { return nil }
            let shown = ObjectName.text(name.content)
            varBinds.append(VarBind(name: shown, tag: value.tag, content: Array(value.content)))
        }
        guard binds.isAtEnd else { return nil }
    }

    private static func number(_ content: ArraySlice<UInt8>) -> Int {
        content.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Element after element of BER.
    private struct Elements {
        var rest: ArraySlice<UInt8>

        init(_ rest: ArraySlice<UInt8>) {
            self.rest = rest
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
            guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
            var length = Int(first)
            if first >= 0x80 {
                length = 0
                for _ in 0..<Int(first & 0x7F) {
                    guard let octet = rest.popFirst() else { return nil }
                    length = length << 8 | Int(octet)
                }
            }
            guard length <= rest.count else { return nil }
            defer { rest = rest.dropFirst(length) }
            return (tag, rest.prefix(length))
        }
    }
}

/// An agent on a recording, without any socket.
final class TestAgent {
    private let agent: Agent
    private let image: MIBImage
    private let buffer: UnsafeMutablePointer<UInt8>

    init(_ image: MIBImage, octetsMax: Int = 1_472) {
        self.image = image
        agent = Agent(octetsMax: octetsMax)
        buffer = .allocate(capacity: octetsMax + AgentResponse.slack + 64)
    }

    convenience init(_ recording: String, octetsMax: Int = 1_472) {
        self.init(Recording(Array(recording.utf8)).image, octetsMax: octetsMax)
    }

    deinit {
        buffer.deallocate()
    }

    /// The octets of the answer; nil where there is none.
    func octets(_ request: [UInt8], tooBigAbove: Int? = nil) -> [UInt8]? {
        request.withUnsafeBufferPointer { octets in
            guard let source = octets.baseAddress,
                case .success(let read) = agent.reader.read(source, octets.count)
            else { return nil }
            let target = Agent.Target(image: image, device: nil, now: 0, tooBigAbove: tooBigAbove)
            let answer = agent.answer(read, source, target, into: buffer)
            guard answer.count > 0 else { return nil }
            return Array(UnsafeBufferPointer(start: buffer + answer.start, count: answer.count))
        }
    }

    func answer(_ request: [UInt8], tooBigAbove: Int? = nil) throws -> TestMessage {
        let octets = try #require(self.octets(request, tooBigAbove: tooBigAbove))
        return try #require(TestMessage(octets))
    }
}
