#if PostgreSQL
    import CPQ

    extension PostgresConnection {
        /// Sends steps together and waits for all answers, one for each statement.
        ///
        /// Throws the first refusal; statements behind it up to the next `sync` were not run. The last step must be a
        /// `sync`. A cancelled task makes the server stop the statement it is at.
        func run(_ steps: [Step]) async throws -> [PostgresResult] {
            try Task.checkCancellation()
            return try await cancellable { try await exchange(steps) }
        }

        /// The same, whether the task is cancelled or not.
        func exchange(_ steps: [Step]) async throws -> [PostgresResult] {
            setAlarm(seconds: timeouts.answerSeconds)
            defer { stopAlarm() }
            var expected: [Expected] = []
            for step in steps { try send(step, &expected) }
            try await flush()
            let answers = try await collect(expected)
            // What came among the answers is told now, not when the socket has something new.
            drainNotifications()
            return answers
        }

        /// What is awaited for what was sent.
        private enum Expected {
            case kept(sql: String)
            case answer
            case sync
        }

        private func send(_ step: Step, _ expected: inout [Expected]) throws {
            let handle = try requireAlive()
            var isSent = true
            switch step {
            case .sync:
                isSent = PQpipelineSync(handle) == 1
                expected.append(.sync)
            case .statement(let statement):
                if statement.isKept { isSent = keep(statement, handle, &expected) }
                if isSent { isSent = send(statement, handle) }
                expected.append(.answer)
            }
            if !isSent { fail(.broken(said(by: handle))) }
        }

        /// Prepares a statement unless the server knows it or keeps too many already.
        private func keep(_ statement: Statement, _ handle: OpaquePointer, _ expected: inout [Expected]) -> Bool {
            guard kept[statement.sql] == nil, kept.count < timeouts.keptStatements else { return true }
            let name = nameStatement()
            kept[statement.sql] = name
            expected.append(.kept(sql: statement.sql))
            let types = statement.parameters.map(\.type)
            return PQsendPrepare(handle, name, statement.sql, Int32(types.count), types) == 1
        }

        private func send(_ statement: Statement, _ handle: OpaquePointer) -> Bool {
            let values = statement.parameters
            let format: Int32 = statement.asText ? 0 : 1
            let formats = values.map { Int32($0.type == 0 ? 0 : 1) }
            let lengths = values.map { Int32($0.octets?.count ?? 0) }
            return withPointers(values) { pointers in
                if statement.isKept, let name = kept[statement.sql] {
                    return PQsendQueryPrepared(
                        handle, name, Int32(values.count), pointers, lengths, formats, format) == 1
                }
                return PQsendQueryParams(
                    handle, statement.sql, Int32(values.count), values.map(\.type), pointers, lengths, formats, format)
                    == 1
            }
        }

        /// Calls `body` with the place of each value in memory; NULL has none.
        private func withPointers<Outcome>(
            _ values: [Parameter], _ body: ([UnsafePointer<CChar>?]) -> Outcome
        ) -> Outcome {
            // One octet at the end, so that an empty value behind all others has a place, too.
            var all: [UInt8] = []
            all.reserveCapacity(values.reduce(1) { $0 + ($1.octets?.count ?? 0) })
            for value in values { if let octets = value.octets { all += octets } }
            all.append(0)
            return all.withUnsafeBytes { memory in
                var place = 0
                let pointers = values.map { value -> UnsafePointer<CChar>? in
                    guard let count = value.octets?.count else { return nil }
                    defer { place += count }
                    return memory.baseAddress.map { ($0 + place).assumingMemoryBound(to: CChar.self) }
                }
                return body(pointers)
            }
        }

        // MARK: answers

        private func collect(_ expected: [Expected]) async throws -> [PostgresResult] {
            var answers: [PostgresResult] = []
            var refusal: PostgresFailure?
            for one in expected {
                setAlarm(seconds: timeouts.answerSeconds)
                switch one {
                case .sync: if let mark = try await nextResult() { PQclear(mark) }
                case .kept(let sql):
                    let failure = try await answer().failure
                    // A statement behind a refused one is not prepared either.
                    if failure != nil { kept[sql] = nil }
                    refusal = refusal ?? failure
                case .answer:
                    let (result, failure) = try await answer()
                    refusal = refusal ?? failure
                    if let result { answers.append(result) }
                }
            }
            if let refusal { throw refusal }
            return answers
        }

        /// The answer to one statement: all of its results, of which the last counts.
        private func answer() async throws -> (result: PostgresResult?, failure: PostgresFailure?) {
            var (last, failure): (PostgresResult?, PostgresFailure?)
            while let result = try await nextResult() {
                let status = PQresultStatus(result)
                let found = refusal(result, status)
                let owned = PostgresResult(result)
                if let found { failure = failure ?? found } else { last = owned }
            }
            return (last, failure)
        }

        /// nil for what was not run as something before it was refused.
        private func refusal(_ result: OpaquePointer, _ status: ExecStatusType) -> PostgresFailure? {
            switch status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return nil
            case PGRES_PIPELINE_ABORTED: return .refused(.init(state: "25P02", message: "not run"))
            default: break
            }
            func field(_ code: UInt8) -> String? {
                PQresultErrorField(result, Int32(code)).map { settings.redactor.clean(String(cString: $0)) }
            }
            return .refused(
                .init(
                    state: field(UInt8(ascii: "C")) ?? "XX000", message: field(UInt8(ascii: "M")) ?? "no message",
                    detail: field(UInt8(ascii: "D")), table: field(UInt8(ascii: "t")),
                    column: field(UInt8(ascii: "c")), constraint: field(UInt8(ascii: "n"))))
        }

        /// The next result; nil at the end of a statement's.
        private func nextResult() async throws -> OpaquePointer? {
            while true {
                let handle = try requireAlive()
                if PQisBusy(handle) == 0 { break }
                await waitForEvent()
            }
            let handle = try requireAlive()
            let result = PQgetResult(handle)
            if PQstatus(handle) == CONNECTION_BAD {
                if let result { PQclear(result) }
                fail(.broken(said(by: handle)))
                _ = try requireAlive()
            }
            return result
        }
    }
#endif
