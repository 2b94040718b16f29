@testable import SNMP

/// A message of version 3 as values.
struct SecuredMessage: Hashable {
    var messageID: Int32 = 1
    var flags: UInt8 = 0
    var sizeMax: Int32 = 65_507
    var engineID: [UInt8] = []
    var boots: Int32 = 0
    var time: Int32 = 0
    var userName: [UInt8] = []
    var contextEngineID: [UInt8] = []
    var contextName: [UInt8] = []
    var pdu: PDU
}

/// What the other side of version 3 does: seals and opens messages with a user's keys.
enum SecuredPeer {
    static func seal(
        _ pdu: PDU, messageID: Int32, _ user: USMUser, level: SecurityLevel? = nil, engineID: [UInt8], boots: Int32,
        time: Int32, contextEngineID: [UInt8]? = nil, contextName: String = "", isReportable: Bool = false,
        keyEngineID: [UInt8]? = nil, salt: UInt64? = nil
    ) -> [UInt8] {
        let secured = SecurityUser.of(user)
        let id = EngineID(engineID) ?? .empty
        var keys = LocalizedKeys(secured, keyEngineID.flatMap { EngineID($0) } ?? id)
        let envelope = V3Envelope(
            messageID: messageID, level: level ?? user.level, isReportable: isReportable, engineID: id, boots: boots,
            time: time, contextEngineID: contextEngineID.flatMap { EngineID($0) } ?? id,
            contextName: Array(contextName.utf8))
        var memory = [UInt8](repeating: 0xEE, count: 4096)
        let start = memory.withUnsafeMutableBytes { buffer -> Int in
            var writer = BERWriter(buffer)
            pdu.write(into: &writer)
            return envelope.seal(buffer, dataUnit: writer.count, secured, &keys, Ciphers(salt: salt)) ?? buffer.count
        }
        return Array(memory[start...])
    }

    /// Nil for what is no message, is not authentic, or cannot be decrypted.
    static func open(_ octets: [UInt8], _ user: USMUser, keyEngineID: [UInt8]? = nil) -> SecuredMessage? {
        var octets = octets
        return octets.withUnsafeMutableBytes { buffer -> SecuredMessage? in
            guard let incoming = try? V3Incoming(buffer) else { return nil }
            let secured = SecurityUser.of(user)
            let named = Array(incoming.parameters.engineID)
            var keys = LocalizedKeys(secured, EngineID(keyEngineID ?? named) ?? .empty)
            if incoming.header.isAuthenticated {
                guard incoming.isAuthentic(secured, keys) else { return nil }
            }
            if incoming.header.isEncrypted {
                guard incoming.decrypt(secured, &keys, Ciphers()) else { return nil }
            }
            guard let scoped = try? incoming.scopedPDU(), let copy = try? CommunityMessage(scoped.message) else {
                return nil
            }
            return SecuredMessage(
                messageID: incoming.header.messageID, flags: incoming.header.flags, sizeMax: incoming.header.sizeMax,
                engineID: named, boots: incoming.parameters.boots, time: incoming.parameters.time,
                userName: Array(incoming.parameters.userName), contextEngineID: Array(scoped.contextEngineID),
                contextName: Array(scoped.contextName), pdu: copy.pdu)
        }
    }

    static func report(_ kind: V3Report, to request: SecuredMessage) -> PDU {
        PDU(
            type: .report, requestID: request.pdu.requestID,
            varBinds: [VarBind(kind.objectIdentifier, .counter32(7))])
    }
}

/// An agent of version 3 as a pure value: its engine, one user, and the objects of a scripted agent.
struct SecuredAgent: Sendable {
    var user: USMUser
    var engineID: [UInt8] = [0x80, 0, 0, 1, 5, 1, 2, 3, 4]
    var boots: Int32 = 3
    var time: Int32 = 1000
    var objects = ScriptedAgent(SampleTables.interfaces(4))
    var salt: UInt64 = 1 << 40

    static let anonymous = USMUser(name: "")

    /// What a standard agent answers.
    func respond(to octets: [UInt8]) -> [UInt8] {
        guard let header = header(octets) else { return [] }
        if header.engineID != engineID { return plainReport(.unknownEngineID, header) }
        if header.userName != Array(user.name.utf8) { return plainReport(.unknownUserName, header) }
        if header.flags & 3 != flags { return plainReport(.unsupportedSecurityLevel, header) }
        guard let request = SecuredPeer.open(octets, user) else {
            return user.authentication == nil ? [] : plainReport(.wrongDigest, header)
        }
        let isLate = request.boots != boots || abs(Int(request.time) - Int(time)) > 150
        if user.authentication != nil, isLate { return signedReport(.notInTimeWindow, request) }
        return response(to: request)
    }

    var flags: UInt8 {
        switch user.level {
        case .noAuthNoPriv: 0
        case .authNoPriv: 1
        case .authPriv: 3
        }
    }

    /// The header's values of any message, opened or not.
    func header(_ octets: [UInt8]) -> SecuredMessage? {
        var octets = octets
        return octets.withUnsafeMutableBytes { buffer -> SecuredMessage? in
            guard let incoming = try? V3Incoming(buffer) else { return nil }
            var message = SecuredMessage(pdu: PDU(type: .get, requestID: 0, varBinds: []))
            message.messageID = incoming.header.messageID
            message.flags = incoming.header.flags
            message.engineID = Array(incoming.parameters.engineID)
            message.boots = incoming.parameters.boots
            message.time = incoming.parameters.time
            message.userName = Array(incoming.parameters.userName)
            return message
        }
    }

    func plainReport(_ kind: V3Report, _ request: SecuredMessage, as id: [UInt8]? = nil) -> [UInt8] {
        SecuredPeer.seal(
            SecuredPeer.report(kind, to: request), messageID: request.messageID, Self.anonymous,
            engineID: id ?? engineID, boots: boots, time: time)
    }

    func signedReport(_ kind: V3Report, _ request: SecuredMessage) -> [UInt8] {
        SecuredPeer.seal(
            SecuredPeer.report(kind, to: request), messageID: request.messageID, user, level: .authNoPriv,
            engineID: engineID, boots: boots, time: time)
    }

    func response(
        to request: SecuredMessage, messageID: Int32? = nil, requestID: Int32? = nil, as other: USMUser? = nil,
        contextName: String? = nil
    ) -> [UInt8] {
        let community = CommunityMessage(version: .v2c, community: objects.community, pdu: request.pdu)
        guard let answer = objects.respond(to: community.encode()),
            var message = try? CommunityMessage(decoding: answer)
        else { return [] }
        if let requestID { message.pdu.requestID = requestID }
        return SecuredPeer.seal(
            message.pdu, messageID: messageID ?? request.messageID, other ?? user, engineID: engineID, boots: boots,
            time: time, contextEngineID: request.contextEngineID,
            contextName: contextName ?? String(decoding: request.contextName, as: UTF8.self), salt: salt)
    }
}
