import Inventory
import Listing

/// What an operator says of a credential profile; secrets go in and never come out.
struct ProfileChange: Sendable {
    var version: SNMPVersionName?
    var community: Given<Secret>
    var user: Given<String>
    var authProtocol: Given<SNMPAuthenticationName>
    var authPassphrase: Given<Secret>
    var privProtocol: Given<SNMPPrivacyName>
    var privPassphrase: Given<Secret>
    var contextName: Given<String>

    private static let communityRule = TextRule.text(max: 255, min: 1)
    private static let userRule = TextRule.name(max: SNMPUser.nameOctetsMax)
    private static let contextRule = TextRule.text(max: SNMPUser.nameOctetsMax)
    /// RFC 3414 section 11.2 asks for 8 octets at least; agents refuse fewer.
    private static let passphraseRule = TextRule.text(max: 255, min: 8)

    /// Reads the fields of a body.
    ///
    /// - Parameter isWhole: Whether nothing is stored that absent fields could stay as, so that the version is needed.
    init(_ fields: inout BodyFields, isWhole: Bool) {
        let given = fields.choice("version", SNMPVersionName.self)
        version = isWhole ? fields.required("version", given) : fields.notNull("version", given)
        community = fields.secret("community", Self.communityRule)
        user = fields.text("user", Self.userRule)
        authProtocol = fields.choice("auth_protocol", SNMPAuthenticationName.self)
        authPassphrase = fields.secret("auth_passphrase", Self.passphraseRule)
        privProtocol = fields.choice("priv_protocol", SNMPPrivacyName.self)
        privPassphrase = fields.secret("priv_passphrase", Self.passphraseRule)
        contextName = fields.text("context_name", Self.contextRule)
    }

    /// The schema of a body; a new profile's body may name it.
    static func schema(isWhole: Bool, naming: Bool = false) -> JSONValue {
        let name = naming ? [("name", TextRule.profileName.schema)] : []
        return Schema.object(
            name + [
                (
                    "version",
                    Schema.choice(
                        SNMPVersionName.allCases.map(\.rawValue), doc: "1 and 2c need a community, 3 needs a user.")
                ), ("community", secret(communityRule, "The community of versions 1 and 2c.")),
                ("user", field(userRule.schema, "The user of version 3, at most 32 octets.")),
                (
                    "auth_protocol",
                    field(Schema.choice(SNMPAuthenticationName.allCases.map(\.rawValue)), "null: not authenticated.")
                ), ("auth_passphrase", secret(passphraseRule, "Goes with auth_protocol.")),
                (
                    "priv_protocol",
                    field(
                        Schema.choice(SNMPPrivacyName.allCases.map(\.rawValue)),
                        "null: not encrypted. -C: keys as Cisco devices lengthen them.")
                ), ("priv_passphrase", secret(passphraseRule, "Goes with priv_protocol.")),
                ("context_name", field(contextRule.schema, "The context of version 3; empty for the default one.")),
            ], required: (naming ? ["name"] : []) + (isWhole ? ["version"] : []))
    }

    private static func field(_ schema: JSONValue, _ doc: String) -> JSONValue {
        Schema.documented(Schema.nullable(schema), doc)
    }

    private static func secret(_ rule: TextRule, _ doc: String) -> JSONValue {
        guard case .object(let members) = field(rule.schema, doc) else { return rule.schema }
        return .object(members + [JSONMember("writeOnly", true)])
    }
}

extension ProfileChange {
    /// The profile as it is after this change.
    ///
    /// - Parameter stored: What absent fields stay as; nil for a new profile.
    ///
    /// Throws 422 naming all fields that do not go together; values of secrets are not among what it says.
    func applied(
        to stored: CredentialProfile?, name: String, at now: Timestamp
    ) throws(Problem) -> CredentialProfile {
        var errors: [ProblemError] = []
        var profile =
            switch version ?? stored?.version ?? .v2c {
            case .v3: CredentialProfile(name: name, user: mergedUser(stored?.user, &errors), at: now)
            case let version: mergedCommunity(version, stored, name: name, &errors, at: now)
            }
        if let first = errors.first {
            throw .refused(
                "\(first.field): \(first.detail)", remedy: "Correct the fields named in errors.", errors: errors)
        }
        if let stored { profile.createdAt = stored.createdAt }
        return profile
    }

    private func mergedCommunity(
        _ version: SNMPVersionName, _ stored: CredentialProfile?, name: String, _ errors: inout [ProblemError],
        at now: Timestamp
    ) -> CredentialProfile {
        let ofVersion3 = [
            ("user", user.value), ("auth_protocol", authProtocol.value?.rawValue),
            ("auth_passphrase", authPassphrase.value.map { _ in "" }),
            ("priv_protocol", privProtocol.value?.rawValue), ("priv_passphrase", privPassphrase.value.map { _ in "" }),
            ("context_name", contextName.value.flatMap { $0.isEmpty ? nil : $0 }),
        ]
        for (field, value) in ofVersion3 {
            guard let value else { continue }
            errors.append(
                ProblemError(
                    field: field, value: value.isEmpty ? nil : value,
                    detail: "version \(version.rawValue) has no such thing; leave it out, or set version to 3"))
        }
        let kept = community.isGiven ? nil : stored.flatMap { $0.version == .v3 ? nil : $0.community }
        let known = community.value ?? kept
        if known == nil {
            errors.append(
                ProblemError(
                    field: "community", value: nil, detail: "version \(version.rawValue) needs a community; give it"))
        }
        return CredentialProfile(name: name, version: version, community: known ?? Secret(""), at: now)
    }

    private func mergedUser(_ stored: SNMPUser?, _ errors: inout [ProblemError]) -> SNMPUser {
        if community.value != nil {
            errors.append(
                ProblemError(
                    field: "community", value: nil,
                    detail: "version 3 has no community; leave it out, or set version to 1 or 2c"))
        }
        let name = user.value ?? (user.isGiven ? nil : stored?.name)
        if name == nil {
            errors.append(ProblemError(field: "user", value: nil, detail: "version 3 needs a user; give its name"))
        }
        let context = contextName.value ?? (contextName.isGiven ? "" : stored?.contextName ?? "")
        for (field, text) in [("user", name ?? ""), ("context_name", context)]
        where text.utf8.count > SNMPUser.nameOctetsMax {
            let count = "\(text.utf8.count) octets are more than \(SNMPUser.nameOctetsMax)"
            errors.append(ProblemError(field: field, value: text, detail: "\(count); give a shorter one"))
        }
        let auth = Self.mergedKey(
            "auth", authProtocol, authPassphrase, stored?.authentication.map { ($0.type, $0.passphrase) }, &errors)
        let priv = Self.mergedKey(
            "priv", privProtocol, privPassphrase, stored?.privacy.map { ($0.type, $0.passphrase) }, &errors)
        if priv != nil, auth == nil, !errors.contains(where: { $0.field.hasPrefix("auth_") }) {
            errors.append(
                ProblemError(
                    field: "auth_protocol", value: nil,
                    detail: "privacy requires authentication; give auth_protocol and auth_passphrase, or no privacy"))
        }
        return SNMPUser(
            name: name ?? "", authentication: auth.map { SNMPUser.Authentication($0.0, $0.1) },
            privacy: priv.map { SNMPUser.Privacy($0.0, $0.1) }, contextName: context)
    }

    /// A protocol with its pass phrase, each as given, else as stored.
    private static func mergedKey<Name: RawRepresentable & CaseIterable>(
        _ kind: String, _ type: Given<Name>, _ passphrase: Given<Secret>, _ stored: (Name, Secret)?,
        _ errors: inout [ProblemError]
    ) -> (Name, Secret)? where Name.RawValue == String {
        let isRemoved = if case .null = type { true } else { false }
        let name = type.value ?? (isRemoved ? nil : stored?.0)
        let secret = passphrase.value ?? (isRemoved || passphrase.isGiven ? nil : stored?.1)
        if let name, secret == nil {
            let detail = "\(kind)_protocol \(name.rawValue) needs a pass phrase; give 8 to 255 characters"
            errors.append(ProblemError(field: "\(kind)_passphrase", value: nil, detail: detail))
        }
        if name == nil, secret != nil {
            let words = Name.allCases.map(\.rawValue).joined(separator: ", ")
            let detail = "\(kind)_passphrase needs a protocol; give one of \(words)"
            errors.append(ProblemError(field: "\(kind)_protocol", value: nil, detail: detail))
        }
        guard let name, let secret else { return nil }
        return (name, secret)
    }
}

extension BodyFields {
    /// A text that a rule allows and nothing ever shows.
    mutating func secret(_ name: String, _ rule: TextRule) -> Given<Secret> {
        switch text(name, rule, secret: true) {
        case .absent: .absent
        case .null: .null
        case .value(let text): .value(Secret(text))
        }
    }
}
