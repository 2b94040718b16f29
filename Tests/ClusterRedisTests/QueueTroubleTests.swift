#if Redis
    import Cluster
    import Inventory
    import Testing

    @testable import ClusterRedis

    /// What claims are worth when the server, or what it keeps, does not stay.
    @Suite("A queue in Redis in trouble", .timeLimit(.minutes(5)))
    struct QueueTroubleTests {
        private let node = NodeID.random()

        private func item() -> WorkItem { WorkItem(id: .random(), queue: "work", body: [1, 2, 3]) }

        private func claim(
            _ queue: RedisQueue, seconds: Double = 60, wait: Double = 0, limit: Int = 10
        ) async throws -> [WorkClaim] {
            try await queue.claim(from: "work", for: node, limit: limit, seconds: seconds, waitSeconds: wait)
        }

        private func trial(_ body: (RealRedis, RedisQueue) async throws -> Void) async throws {
            let server = try RealRedis()
            defer { server.remove() }
            let queue = try RedisQueue(server.configuration())
            try await body(server, queue)
            await queue.close()
        }

        @Test("work, claims and attempts outlive a crash of a server that writes them down")
        func survivesCrash() async throws {
            try await trial { server, queue in
                let items = [item(), item(), item()]
                for item in items { try await queue.put(item) }
                let claims = try await claim(queue, limit: 2)
                try await queue.finish(claims[0])
                server.crash()
                #expect(await failure { _ = try await claim(queue) }?.code == .unavailable)
                try server.start()
                #expect(try await patiently { try await queue.keep(claims[1], seconds: 60) })
                #expect(try await claim(queue).map(\.item) == [items[2]])
                try await queue.put(items[2])
                try await queue.giveBack(claims[1], afterSeconds: 0)
                let again = try await claim(queue)
                #expect(again.map(\.item) == [items[1]] && again.map(\.attempt) == [2])
            }
        }

        @Test("a claim that waits fails when the server crashes, and works when it is back")
        func waitsThroughCrash() async throws {
            try await trial { server, queue in
                async let failed = failure { _ = try await claim(queue, wait: 300) }
                try await eventually("the claim waits") { try await blocked(server) == 1 }
                server.crash()
                #expect(await failed?.code == .unavailable)
                try server.start()
                let item = item()
                try await patiently { try await queue.put(item) }
                #expect(try await claim(queue, wait: 30).map(\.item) == [item])
            }
        }

        private func blocked(_ server: RealRedis) async throws -> Int {
            let info = try await server.command("INFO", "clients").text ?? ""
            let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("blocked_clients:") }
            return line.flatMap { Int($0.dropFirst("blocked_clients:".count)) } ?? 0
        }

        @Test("after FLUSHALL claims are lost, and the queue works, for one that waits too")
        func survivesFlush() async throws {
            try await trial { server, queue in
                let item = item()
                try await queue.put(item)
                let lost = try #require(try await claim(queue).first)
                async let waiting = claim(queue, wait: 30)
                try await eventually("the claim waits") { try await blocked(server) == 1 }
                try await server.command("FLUSHALL")
                #expect(try await !queue.keep(lost, seconds: 60))
                try await queue.finish(lost)
                try await queue.giveBack(lost, afterSeconds: 0)
                try await queue.put(item)
                let again = try await waiting
                #expect(again.map(\.item) == [item] && again.map(\.attempt) == [1])
                try await queue.finish(again[0])
                #expect(try await claim(queue).isEmpty)
            }
        }

        @Test(
            "each part that an operator deletes heals by itself", arguments: ["items", "ids", "due", "bell", "group"])
        func heals(part: String) async throws {
            try await trial { server, queue in
                let (held, free) = (item(), item())
                for item in [held, free] { try await queue.put(item) }
                let old = try #require(try await claim(queue, seconds: 1, limit: 1).first)
                if part == "group" {
                    try await server.command("XGROUP", "DESTROY", "wardflux:{queue}:work:items", "work")
                } else {
                    try await server.command("DEL", "wardflux:{queue}:work:\(part)")
                }
                var found: [WorkClaim] = []
                if part == "items" { for item in [held, free] { try await queue.put(item) } }
                try await eventually("both pieces are claimed though \(part) was deleted") {
                    found += try await claim(queue, seconds: 1, wait: 1)
                    for claim in found { try await queue.finish(claim) }
                    return Set(found.map(\.item)) == [held, free]
                }
                #expect(try await !queue.keep(old, seconds: 60))
                #expect(try await claim(queue, wait: 1.5).isEmpty)
                try await queue.put(held)
                #expect(try await claim(queue).map(\.item) == [held])
            }
        }

        @Test("a finished piece leaves nothing behind")
        func leavesNothing() async throws {
            try await trial { server, queue in
                for _ in 0..<50 { try await queue.put(item()) }
                for claim in try await claim(queue, limit: 50) { try await queue.finish(claim) }
                #expect(try await server.command("XLEN", "wardflux:{queue}:work:items").integer == 0)
                #expect(try await server.command("EXISTS", "wardflux:{queue}:work:ids").integer == 0)
                #expect(try await server.command("EXISTS", "wardflux:{queue}:work:due").integer == 0)
                #expect(try await server.command("XPENDING", "wardflux:{queue}:work:items", "work")[0].integer == 0)
            }
        }

        @Test("a cancelled claim leaves no piece in nobody's hands")
        func cancelsCleanly() async throws {
            try await trial { server, queue in
                let items = (0..<200).map { _ in item() }
                for item in items { try await queue.put(item) }
                var found: [WorkClaim] = []
                for round in 0..<100 {
                    let task = Task { try await claim(queue, limit: 1) }
                    if round % 3 > 0 { await Task.yield() }
                    task.cancel()
                    found += (try? await task.value) ?? []
                }
                found += try await claim(queue, limit: 1_000)
                #expect(Set(found.map(\.item)) == Set(items) && found.count == 200)
            }
        }

        @Test("a strange ticket is a lost claim, and a limit of none claims none")
        func strangeTickets() async throws {
            let queue = try RedisQueue(RealRedis.sharedServer().configuration())
            for ticket in ["", "x", "1-1", "18446744073709551616-0", "1-1 FORCE"] {
                let strange = WorkClaim(item: item(), node: node, attempt: 1, ticket: ticket)
                #expect(try await !queue.keep(strange, seconds: 1))
                try await queue.finish(strange)
                try await queue.giveBack(strange, afterSeconds: 0)
            }
            #expect(try await claim(queue, limit: 0).isEmpty)
            #expect(try await claim(queue, seconds: .infinity, wait: -1, limit: .max).isEmpty)
            #expect(try await claim(queue, seconds: .nan).isEmpty)
            await queue.close()
        }
    }
#endif
