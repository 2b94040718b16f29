#if PostgreSQL
    import Catalog
    import CatalogRows
    import Inventory
    import Testing

    @testable import CatalogPostgres

    @Suite("How PostgreSQL is talked to")
    struct WireTests {
        /// U+FDD0, which no literal may hold.
        private static let mark = String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self)
        private static let texts = [
            "", "\0", "a\0b", mark, mark + "0", mark + "1\0", "\0" + mark, "é\u{301}🏦", "\u{FFFD}", "\u{F000}",
        ]

        @Test("every text is kept without U+0000 and comes back as it was", arguments: texts)
        func textsComeBack(_ text: String) {
            var octets: [UInt8] = []
            BinaryForm.text(text, to: &octets)
            #expect(!octets.contains(0))
            let back = octets.withUnsafeBufferPointer { BinaryForm.unescaped($0) } ?? octets
            #expect(String(decoding: back, as: UTF8.self).unicodeScalars.elementsEqual(text.unicodeScalars))
        }

        @Test(
            "times come back to the millisecond",
            arguments: [0, -1, 1, 946_684_800_000, 946_684_799_999, -62_167_219_200_000, 253_402_300_799_999] as [Int64]
        )
        func timesComeBack(_ milliseconds: Int64) {
            var octets: [UInt8] = []
            BinaryForm.time(Timestamp(milliseconds: milliseconds), to: &octets)
            #expect(octets.withUnsafeBytes { BinaryForm.time($0) } == Timestamp(milliseconds: milliseconds))
        }

        @Test("times beyond the years 0 to 9999 stay beyond", arguments: [Int64.min, .max, 253_402_300_800_000])
        func timesBeyond(_ milliseconds: Int64) throws {
            var octets: [UInt8] = []
            BinaryForm.time(Timestamp(milliseconds: milliseconds), to: &octets)
            let time = try #require(octets.withUnsafeBytes { BinaryForm.time($0) })
            #expect(time != time.clamped)
        }

        @Test("a URL is read with its schema, and what is left out is set")
        func readsURLs() throws {
            let url =
                "postgresql://wf:s%40fe@db1:5433/net?sslmode=verify-full&schema=wardflux&target_session_attrs=read-write"
            let settings = try ConnectionSettings(url: Secret(url), password: nil)
            #expect(settings.schema == "wardflux")
            #expect(settings.target == "wf@db1:5433/net")
            #expect(settings.values["sslmode"] == "verify-full")
            #expect(settings.values["password"] == "s@fe")
            #expect(settings.values["target_session_attrs"] == "read-write")
            #expect(settings.values["tcp_user_timeout"] == "10000")
            let plain = try ConnectionSettings(url: Secret("postgres://db1"), password: Secret("p"))
            #expect(plain.values["sslmode"] == "prefer" && plain.values["password"] == "p" && plain.schema == nil)
        }

        @Test(
            "a URL that is none is refused without telling what it holds",
            arguments: [
                "mysql://u:hunter2@h/d", "postgresql://u:hunter2%zz@h/d", "postgresql://u:hunter2@h/d?nonsense=1",
                "postgresql://h/d?schema=Robert'); DROP", "",
            ])
        func refusesURLs(_ url: String) async throws {
            let error = await failure { _ = try await PostgresCatalog.open(PostgresConfiguration(url: Secret(url))) }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("hunter2") == false, "\(String(describing: error))")
        }

        @Test("secrets are taken out of messages, as they are and as the URL has them")
        func redacts() {
            let redactor = Redactor(secrets: ["s@fe", "s@fe!"], url: "postgresql://u:s%40fe@h/d")
            #expect(redactor.clean("no s@fe, s@fe! or s%40fe\nhere\n") == "no ***, *** or ***; here")
        }

        @Test("a server that is not there is told of, with where it was looked for")
        func tellsUnreachable() async {
            let url = Secret("postgresql://u:hunter2@127.0.0.1:1/d")
            let error = await failure { _ = try await PostgresCatalog.open(PostgresConfiguration(url: url)) }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("u@127.0.0.1:1/d") == true)
            #expect(error?.description.contains("hunter2") == false)
        }

        @Test("a wrong password is told of, but not told", .enabled(if: hasServer, serverIsMissing))
        func hidesPasswords() async throws {
            let server = try RealPostgres.sharedServer()
            var wrong = PostgresConfiguration(url: server.url(), password: Secret("wrong-hunter2"))
            wrong.connectSeconds = 300
            let error = await failure { _ = try await PostgresCatalog.open(wrong) }
            #expect(error?.code == .unavailable)
            #expect(error?.description.contains("hunter2") == false, "\(String(describing: error))")
            var right = PostgresConfiguration(url: server.url(schema: "passwords", password: true))
            right.connectSeconds = 300
            try await PostgresCatalog.open(right).close()
        }
    }
#endif
