#if Redis
    import Cluster
    import Inventory
    import Testing

    @testable import ClusterRedis

    /// What a URL says.
    @Suite("The URL of a Redis server")
    struct SettingsTests {
        private func settings(_ url: String) throws -> RedisSettings { try RedisSettings(url: Secret(url)) }

        @Test(
            "says where and as whom",
            arguments: [
                ("redis://h", "h:6379/0", nil, nil),
                ("redis://h:1/7", "h:1/7", nil, nil),
                ("REDIS://127.0.0.1:6380/", "127.0.0.1:6380/0", nil, nil),
                ("redis://[::1]:6380/1", "[::1]:6380/1", nil, nil),
                ("redis://[fe80::1]", "[fe80::1]:6379/0", nil, nil),
                ("redis://:p@h", "h:6379/0", nil, "p"),
                ("redis://u:p%40%3a%2F%C3%A9@h:2", "h:2/0", "u", "p@:/é"),
                ("redis://u:p@ss@h", "h:6379/0", "u", "p@ss"),
                ("unix:///run/redis.sock", "/run/redis.sock (0)", nil, nil),
                ("unix://u:p@/run/r.sock?db=4", "/run/r.sock (4)", "u", "p"),
            ] as [(String, String, String?, String?)])
        func reads(url: String, target: String, user: String?, password: String?) throws {
            let found = try settings(url)
            #expect(found.target == target)
            #expect(found.user == user)
            #expect(found.password?.reveal() == password)
        }

        @Test(
            "is refused with what to write, and never shown",
            arguments: [
                "", "h:6379", "http://u:hidden@h", "redis://", "redis://u:hidden@", "redis://u:hidden@h:x",
                "redis://h:0",
                "redis://u:hidden@h:65536", "redis://u:hidden@h/x", "redis://u:hidden@h/-1", "redis://u:hidden%x@h",
                "redis://hidden@h", "redis://u:hidden@a b", "redis://[::1", "redis://[::1]x", "unix://", "unix:///",
                "unix:///a?x=1", "unix:///" + String(repeating: "x", count: 108), "rediss://u:hidden@h",
            ])
        func refuses(url: String) async {
            let error = await failure { try RedisConfiguration(url: Secret(url)).check() }
            #expect(error?.code == .refused)
            #expect(error?.message.contains("hidden") == false)
        }

        @Test("TLS is refused with a remedy")
        func refusesTLS() async {
            let error = await failure { _ = try RedisBus(RedisConfiguration(url: Secret("rediss://h"))) }
            #expect(error?.message.contains("tunnel") == true)
        }

        @Test("the server's words are shown without the password, on one line")
        func redacts() throws {
            #expect(try settings("redis://u:s3cret@h").clean("no s3cret\r\nhere") == "no ***; here")
        }

        @Test("time limits stay within sense")
        func limits() {
            var configuration = RedisConfiguration(url: Secret("redis://h"))
            (configuration.connectSeconds, configuration.answerSeconds) = (0, 1e9)
            #expect(configuration.timeouts.connectSeconds == 0.1)
            #expect(configuration.timeouts.answerSeconds == 60)
        }

        @Test("ids of entries are ordered as numbers")
        func ids() {
            #expect(RedisStreamID("9-1").map(\.text) == "9-1")
            #expect(
                ["10-2", "9-10", "9-9"].compactMap { RedisStreamID($0) }.sorted().map(\.text) == [
                    "9-9", "9-10", "10-2",
                ])
            for text in ["", "1", "-", "1-", "-1-1", "x-1", "1-1-1"] { #expect(RedisStreamID(text) == nil, "\(text)") }
        }
    }
#endif
