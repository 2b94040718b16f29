#if Redis
    import Cluster
    import Glibc
    import Inventory
    import Testing

    @testable import ClusterRedis

    /// What a connection does when its server does not do as it should.
    @Suite("A connection to Redis", .timeLimit(.minutes(5)))
    struct LinkTests {
        @Test("speaks with a server by address, by name and by socket, in any database")
        func connects() async throws {
            let server = try RealRedis.sharedServer()
            let login = ":\(RealRedis.encodedPassword)@"
            for url in [
                "redis://\(login)127.0.0.1:\(server.port)", "redis://\(login)localhost:\(server.port)/3",
                "redis://default\(login)127.0.0.1:\(server.port)/", "unix://\(login)\(server.socketPath)?db=2",
            ] {
                let cache = try RedisCache(server.configuration { $0.url = Secret(url) })
                let value: [UInt8] = Array(0...255)
                await cache.keep(value, as: "k", seconds: 60)
                #expect(await cache.value(of: "k") == value, "\(url)")
                await cache.close()
            }
            #expect(try await server.command("EXISTS", "wardflux:{cache}:k").integer == 1)
        }

        @Test("a wrong password is a clear error that does not tell it")
        func wrongPassword() async throws {
            let server = try RealRedis.sharedServer()
            for login in [":wr0ngsecret@", "nobody:wr0ngsecret@", ""] {
                let url = Secret("redis://\(login)127.0.0.1:\(server.port)")
                let configuration = server.configuration { $0.url = url }
                let queue = try RedisQueue(configuration)
                let item = WorkItem(id: .random(), queue: "q", body: [])
                let error = try #require(await failure { try await queue.put(item) })
                #expect(error.code == .unavailable)
                #expect(error.message.contains("password") && error.message.contains("127.0.0.1:\(server.port)"))
                for text in [error.description, "\(configuration)", String(reflecting: configuration)] {
                    #expect(!text.contains("wr0ngsecret"), "\(text)")
                }
                await queue.close()
            }
        }

        @Test("an absent server is known, and asked once a second at most, however many call")
        func circuit() async throws {
            let port = try RealRedis.freePort()
            let bus = try RedisBus(RedisConfiguration(url: Secret("redis://127.0.0.1:\(port)")))
            let error = await failure { try await bus.publish([BusMessage("t", "x")]) }
            #expect(error?.code == .unavailable && error?.message.contains("refused") == true, "\(error as Any)")
            await bus.close()
            #expect(await failure { try await bus.publish([BusMessage("t", "x")]) }?.code == .closed)

            let link = try RedisConfiguration(url: Secret("redis://127.0.0.1:\(port)")).link()
            let took = await seconds {
                for _ in 0..<500 { _ = try? await link.call(RedisCommand("PING")) }
            }
            // An attempt counts when it begins and when it ends.
            #expect(await Double(link.attempt) <= 2 * (took + 1))
            await link.close()
        }

        @Test("a frozen server makes calls fail within their time, then at once, and works when it thaws")
        func frozen() async throws {
            let server = try RealRedis()
            defer { server.remove() }
            let queue = try RedisQueue(server.impatient())
            func put() async throws { try await queue.put(WorkItem(id: .random(), queue: "q", body: [])) }
            try await put()
            server.signal(SIGSTOP)
            // The first gets no answer, the second no connection, the third need not try.
            for _ in 0..<3 {
                var code: ClusterError.Code?
                let took = await seconds { code = await failure { try await put() }?.code }
                #expect(code == .unavailable && took < 20, "\(took)")
            }
            let (cache, bus) = (try RedisCache(server.impatient()), try RedisBus(server.impatient()))
            var value: [UInt8]?
            let took = await seconds { value = await cache.value(of: "k") }
            #expect(value == nil && took < 20, "\(took)")
            var heard = bus.listen(to: ["t"]).makeAsyncIterator()
            async let closing: Void = bus.close()
            let end = await heard.next()
            #expect(end == nil)
            await closing
            server.signal(SIGCONT)
            try await patiently { try await put() }
            await queue.close()
            await cache.close()
        }

        @Test("a call that is cancelled ends at once, and the connection goes on")
        func cancels() async throws {
            let server = try RealRedis()
            defer { server.remove() }
            let queue = try RedisQueue(server.configuration())
            let item = WorkItem(id: .random(), queue: "q", body: [])
            try await queue.put(item)
            server.signal(SIGSTOP)
            let task = Task { try await queue.put(item) }
            task.cancel()
            #expect(await failure { try await task.value }?.code == .cancelled)
            server.signal(SIGCONT)
            try await queue.put(item)
            await queue.close()
        }

        @Test("a name that does not exist is an error that says so")
        func unknownName() async throws {
            let bus = try RedisBus(RedisConfiguration(url: Secret("redis://no-such-host.invalid")))
            let error = await failure { try await bus.publish([BusMessage("t", "x")]) }
            #expect(error?.code == .unavailable, "\(String(describing: error))")
            await bus.close()
        }

        @Test("many calls at once share one connection, and each gets its own answer")
        func shares() async throws {
            let link = try RealRedis.sharedServer().configuration().link()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2_000 {
                    group.addTask {
                        let words = [
                            RedisCommand("ECHO", number), RedisCommand("NONSENSE"), RedisCommand("ECHO", -number),
                        ]
                        let replies = try await link.call(words)
                        #expect(replies.map(\.integer) == [Int64(number), nil, Int64(-number)])
                    }
                }
                try await group.waitForAll()
            }
            await link.close()
            await #expect(throws: RedisFailure.closed) { try await link.call(RedisCommand("PING")) }
        }

        @Test("a server that is full is away, not wrong")
        func full() async throws {
            let server = try RealRedis()
            defer { server.remove() }
            try await server.command("CONFIG", "SET", "maxmemory", "1")
            let queue = try RedisQueue(server.configuration())
            let error = await failure { try await queue.put(WorkItem(id: .random(), queue: "q", body: [1])) }
            #expect(error?.code == .unavailable && error?.message.contains("OOM") == true, "\(error as Any)")
            await queue.close()
        }

        @Test("a cache forgets in time, and keeps nothing where it cannot")
        func cache() async throws {
            let server = try RealRedis.sharedServer()
            let cache = try RedisCache(server.configuration())
            #expect(await cache.value(of: "absent") == nil)
            await cache.keep([1], as: "short", seconds: 0.05)
            try await eventually("it is forgotten") { await cache.value(of: "short") == nil }
            await cache.keep([1], as: "never", seconds: 0)
            #expect(await cache.value(of: "never") == nil)
            await cache.keep([], as: "empty", seconds: 60)
            #expect(await cache.value(of: "empty") == [])
            try await server.command("LPUSH", "wardflux:{cache}:list", "x")
            #expect(await cache.value(of: "list") == nil)
            await cache.close()
            await cache.keep([1], as: "late", seconds: 60)
            #expect(await cache.value(of: "empty") == nil)
        }
    }
#endif
