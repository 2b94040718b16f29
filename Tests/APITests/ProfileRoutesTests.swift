import API
import Catalog
import Inventory
import Listing
import Testing

@Suite struct ProfileRoutesTests {
    private static let full = """
        {"version":"3","user":"reader","auth_protocol":"SHA-256","auth_passphrase":"auth-hush-1",
        "priv_protocol":"AES","priv_passphrase":"priv-hush-2","context_name":"vlan-10"}
        """

    private func opened(_ api: Fixture, _ name: String) async throws -> CredentialProfile? {
        try await api.catalog.credentialProfiles().first { $0.name == name }.map { try api.keyring.open($0) }
    }

    private func fields(_ problem: JSONValue) -> [JSONValue?] {
        if case .array(let errors) = problem["errors"] { errors.map { $0["field"] } } else { [] }
    }

    @Test func aUserGoesInAndComesOutWithoutItsSecrets() async throws {
        let api = try Fixture()
        let put = await api.send("PUT", "/profiles/core", Self.full)
        let got = await api.send("GET", "/profiles/core")
        let list = await api.send("GET", "/profiles")
        let csv = await api.send("GET", "/profiles?format=csv")
        for answer in [put, got, list, csv] {
            #expect(answer.status == 200)
            #expect(!answer.text.contains("hush"), "\(answer.text)")
        }
        let shown = try got.document
        #expect(shown["version"] == "3" && shown["user"] == "reader" && shown["level"] == "authPriv")
        #expect(shown["auth_protocol"] == "SHA-256" && shown["priv_protocol"] == "AES")
        #expect(shown["context_name"] == "vlan-10" && shown["fault"] == .null)
        #expect(try put.document == shown)
        let user = try await opened(api, "core")?.user
        #expect(user?.authentication == .init(.sha256, Secret("auth-hush-1")))
        #expect(user?.privacy == .init(.aes128, Secret("priv-hush-2")))
    }

    @Test func aNewProfileIsPostedOnce() async throws {
        let api = try Fixture()
        let body = #"{"name":"edge","version":"2c","community":"hush"}"#
        let answer = await api.send("POST", "/profiles", body)
        #expect(answer.status == 201 && answer.header("Location") == "/api/v1/profiles/edge")
        #expect(try answer.document["level"] == .null)
        let again = await api.send("POST", "/profiles", body)
        #expect(again.status == 409 && !again.text.contains("hush"))
        #expect(await api.send("POST", "/profiles", #"{"version":"2c","community":"x"}"#).status == 400)
        #expect(await api.send("GET", "/profiles/none").status == 404)
        #expect(await api.send("PATCH", "/profiles/none", "{}").status == 404)
    }

    @Test func aChangeLeavesWhatItDoesNotName() async throws {
        let api = try Fixture()
        _ = await api.send("PUT", "/profiles/core", Self.full)
        let before = try #require(try await opened(api, "core")?.user)
        #expect(await api.send("PATCH", "/profiles/core", #"{"context_name":""}"#).status == 200)
        var expected = before
        expected.contextName = ""
        #expect(try await opened(api, "core")?.user == expected)
        #expect(await api.send("PATCH", "/profiles/core", #"{"auth_passphrase":"another-hush"}"#).status == 200)
        expected.authentication?.passphrase = Secret("another-hush")
        #expect(try await opened(api, "core")?.user == expected)
        #expect(
            try await api.send("PATCH", "/profiles/core", #"{"priv_protocol":null}"#).document["level"] == "authNoPriv")
        expected.privacy = nil
        #expect(try await opened(api, "core")?.user == expected)
    }

    @Test func aProfileChangesItsVersionAndForgetsTheOther() async throws {
        let api = try Fixture()
        _ = await api.send("PUT", "/profiles/core", Self.full)
        #expect(await api.send("PATCH", "/profiles/core", #"{"version":"2c"}"#).status == 422)
        #expect(await api.send("PATCH", "/profiles/core", #"{"version":"2c","community":"c"}"#).status == 200)
        #expect(try await opened(api, "core")?.user == nil)
        #expect(await api.send("PATCH", "/profiles/core", #"{"version":"3"}"#).status == 422)
        #expect(await api.send("PATCH", "/profiles/core", #"{"version":"3","user":"u"}"#).status == 200)
        let profile = try await opened(api, "core")
        #expect(profile?.community.isEmpty == true && profile?.user == SNMPUser(name: "u"))
    }

    @Test(
        arguments: [
            (#"{"version":"3"}"#, 422, ["user"]),
            (#"{"version":"2c"}"#, 422, ["community"]),
            (#"{"version":"3","user":"u","community":"hush-hush"}"#, 422, ["community"]),
            (
                #"{"version":"2c","community":"hush-hush","user":"u","auth_passphrase":"hush-hush"}"#, 422,
                ["user", "auth_passphrase"]
            ),
            (#"{"version":"3","user":"u","auth_protocol":"SHA"}"#, 422, ["auth_passphrase"]),
            (#"{"version":"3","user":"u","auth_passphrase":"hush-hush"}"#, 422, ["auth_protocol"]),
            (
                #"{"version":"3","user":"u","priv_protocol":"AES","priv_passphrase":"hush-hush"}"#, 422,
                ["auth_protocol"]
            ),
            (#"{"version":"3","user":"u","auth_protocol":"SHA","auth_passphrase":"hush"}"#, 400, ["auth_passphrase"]),
            (#"{"version":"3","user":"u","auth_protocol":"SHA","auth_passphrase":7}"#, 400, ["auth_passphrase"]),
            (#"{"version":"3","user":"u","auth_protocol":"ROT13"}"#, 400, ["auth_protocol"]),
            (#"{"version":"3","user":""}"#, 400, ["user"]), (#"{"version":"4","user":"u"}"#, 400, ["version"]),
            (#"{"user":"u"}"#, 400, ["version"]),
            (#"{"version":"3","user":"u","passphrase":"hush-hush"}"#, 400, ["passphrase"]),
            (#"{"version":"3","user":"აბგდევზთიკლმ"}"#, 422, ["user"]),
            (#"{"version":"3","user":"u","context_name":"აბგდევზთიკლმ"}"#, 422, ["context_name"]),
        ] as [(String, Int, [String])])
    func whatDoesNotGoTogetherIsNamedAndSecretsAreNot(_ body: String, _ status: Int, _ names: [String]) async throws {
        let api = try Fixture()
        let answer = await api.send("PUT", "/profiles/core", body)
        #expect(answer.status == status)
        #expect(fields(try answer.document) == names.map { .string($0) }, "\(answer.text)")
        #expect(!answer.text.contains("hush"))
        #expect(try await api.catalog.credentialProfiles().isEmpty)
    }

    @Test func aProfileSealedWithAnotherKeyIsShownWithTheReason() async throws {
        let api = try Fixture()
        let foreign = SealedProfile(
            name: "lost", version: .v3, sealed: [0], createdAt: Fixture.now, updatedAt: Fixture.now)
        try await api.catalog.saveCredentialProfile(foreign)
        let shown = try await api.send("GET", "/profiles/lost").document
        #expect(shown["level"] == .null && shown["fault"] == "another key sealed it; enter the profile again")
        #expect(await api.send("PATCH", "/profiles/lost", #"{"user":"u"}"#).status == 409)
        #expect(await api.send("PUT", "/profiles/lost", Self.full).status == 200)
        #expect(try await api.send("GET", "/profiles/lost").document["fault"] == .null)
    }

    @Test func replacingKeepsWhenItWasMade() async throws {
        let api = try Fixture()
        var old = api.keyring.seal(
            CredentialProfile(name: "core", version: .v1, community: Secret("x"), at: Timestamp(seconds: 1)))
        old.updatedAt = Timestamp(seconds: 2)
        try await api.catalog.saveCredentialProfile(old)
        for (method, body) in [("PATCH", #"{"version":"2c"}"#), ("PUT", Self.full)] {
            let shown = try await api.send(method, "/profiles/core", body).document
            #expect(shown["created_at"] == "1970-01-01T00:00:01.000Z")
            #expect(shown["updated_at"] == .string("\(Fixture.now)"))
        }
    }
}
