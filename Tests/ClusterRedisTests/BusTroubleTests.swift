#if Redis
    import Cluster
    import Glibc
    import Inventory
    import Testing

    @testable import ClusterRedis

    /// What listeners hear when the server, or what it keeps, does not stay.
    @Suite("A bus in Redis in trouble", .timeLimit(.minutes(5)))
    struct BusTroubleTests {
        /// A server of its own, a bus, and one who listens.
        private func trial(
            _ body: (RealRedis, RedisBus, inout AsyncStream<BusEvent>.Iterator) async throws -> Void
        ) async throws {
            let server = try RealRedis()
            defer { server.remove() }
            let bus = try RedisBus(server.configuration())
            var heard = bus.listen(to: ["t"]).makeAsyncIterator()
            #expect(await heard.next() == .gap)
            try await bus.publish([BusMessage("t", "1")])
            #expect(await heard.next()?.text == "1")
            try await body(server, bus, &heard)
            await bus.close()
        }

        @Test("a listener that lost its connection goes on where it was, without a gap")
        func goesOn() async throws {
            try await trial { server, bus, heard in
                try await server.command("CLIENT", "KILL", "TYPE", "normal")
                try await patiently { try await bus.publish([BusMessage("t", "2")]) }
                #expect(await heard.texts(upTo: "2") == ["2"])
                // While nobody reads.
                try await patiently { try await bus.publish([BusMessage("t", "3")]) }
                try await server.command("CLIENT", "KILL", "TYPE", "normal")
                try await patiently { try await bus.publish([BusMessage("t", "4")]) }
                #expect(await heard.texts(upTo: "4") == ["3", "4"])
            }
        }

        @Test("a server that crashed and came back is a gap, and messages go on")
        func survivesCrash() async throws {
            try await trial { server, bus, heard in
                server.crash()
                let error = await failure { try await bus.publish([BusMessage("t", "lost")]) }
                #expect(error?.code == .unavailable, "\(String(describing: error))")
                try server.start()
                try await patiently { try await bus.publish([BusMessage("t", "2")]) }
                #expect(await heard.texts(upTo: "2") == ["gap", "2"])
            }
        }

        @Test("a server that comes back without what it kept is a gap, and messages go on")
        func survivesLossOfData() async throws {
            try await trial { server, bus, heard in
                try await bus.publish((2...5).map { BusMessage("t", "\($0)") })
                #expect(await heard.texts(upTo: "5") == ["2", "3", "4", "5"])
                server.crash()
                system("rm -rf \(server.folder)/appendonlydir")
                try server.start()
                try await patiently { try await bus.publish([BusMessage("t", "6")]) }
                #expect(await heard.next() == .gap)
                try await bus.publish([BusMessage("t", "7")])
                #expect(await heard.texts(upTo: "7").last == "7")
            }
        }

        @Test("FLUSHALL is a gap, and messages go on")
        func survivesFlush() async throws {
            try await trial { server, bus, heard in
                try await server.command("FLUSHALL")
                #expect(await heard.next() == .gap)
                try await bus.publish([BusMessage("t", "2")])
                #expect(await heard.texts(upTo: "2") == ["2"])
                // With messages before anyone looks.
                try await server.command("FLUSHALL")
                try await bus.publish((1...9).map { BusMessage("t", "new \($0)") })
                #expect(await heard.next() == .gap)
            }
        }

        @Test("a stream that an operator deletes or trims is a gap where messages were lost")
        func survivesDeletion() async throws {
            try await trial { server, bus, heard in
                try await bus.publish([BusMessage("t", "lost")])
                try await server.command("DEL", "wardflux:{bus}:t")
                try await bus.publish([BusMessage("t", "3")])
                #expect(await heard.texts(upTo: "3") == ["gap", "3"])
                try await bus.publish((4...9).map { BusMessage("t", "\($0)") })
                try await server.command("XTRIM", "wardflux:{bus}:t", "MAXLEN", "2")
                #expect(await heard.texts(upTo: "9") == ["gap", "8", "9"])
            }
        }

        @Test("a stream that goes back in time is a gap, and messages go on")
        func survivesTimeGoingBack() async throws {
            try await trial { server, bus, heard in
                let last = try await server.command("HGET", "wardflux:{bus}", "i:t")
                let id = try #require(last.text.flatMap { RedisStreamID($0) })
                let old = RedisStreamID("\(id.milliseconds - 60_000)-0")?.text ?? ""
                try await server.command("HSET", "wardflux:{bus}", "i:t", old)
                try await server.command("DEL", "wardflux:{bus}:t")
                #expect(await heard.next() == .gap)
                try await bus.publish([BusMessage("t", "2")])
                #expect(await heard.texts(upTo: "2") == ["2"])
            }
        }

        @Test("entries of other programs are passed over")
        func passesOver() async throws {
            try await trial { server, bus, heard in
                try await server.command("XADD", "wardflux:{bus}:t", "*", "hello", "world")
                try await server.command("XADD", "wardflux:{bus}:t", "*", "a", "b", "c", "d", "e", "f")
                try await bus.publish([BusMessage("t", "2")])
                try await bus.publish([BusMessage("t", "3")])
                #expect(await heard.texts(upTo: "3") == ["2", "3"])
            }
        }

        @Test("a listener that began while the server was away listens when it comes")
        func waitsForServer() async throws {
            let server = try RealRedis()
            defer { server.remove() }
            server.crash()
            let bus = try RedisBus(server.impatient())
            async let first = { () async -> BusEvent? in
                var heard = bus.listen(to: ["t"]).makeAsyncIterator()
                return await heard.next()
            }()
            try server.start()
            #expect(await first == .gap)
            await bus.close()
        }

        @Test("topics that cannot be are listened to in vain, and the stream ends with the bus")
        func strangeTopics() async throws {
            let bus = try RedisBus(RealRedis.sharedServer().configuration())
            for topics: Set<String> in [[], [""], [String(repeating: "x", count: 200)]] {
                var heard = bus.listen(to: topics).makeAsyncIterator()
                #expect(await heard.next() == .gap)
            }
            var heard = bus.listen(to: []).makeAsyncIterator()
            #expect(await heard.next() == .gap)
            async let closing: Void = bus.close()
            #expect(await heard.next() == nil)
            await closing
        }

        @Test("streams stay about as long as they may be")
        func trims() async throws {
            let server = try RealRedis.sharedServer()
            let bus = try RedisBus(server.configuration { $0.topicLength = 100 })
            for batch in 0..<40 { try await bus.publish((0..<50).map { BusMessage("trimmed", "\(batch) \($0)") }) }
            let length = try await server.command("XLEN", "wardflux:{bus}:trimmed").integer ?? 0
            #expect((100...300).contains(length), "\(length)")
            await bus.close()
        }
    }
#endif
