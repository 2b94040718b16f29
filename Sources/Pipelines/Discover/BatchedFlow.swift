import Jobs

/// Reads many items at once, and writes what was read in batches, one batch at a time.
///
/// At most `inFlightMax` items are being read, and reading stops while twice a batch waits to be written, so that
/// memory is bounded however slow the writer is. A batch is written when it is full, when its time is up, or when
/// nothing more is to come. A slow item holds up only itself.
struct BatchedFlow: Sendable {
    var inFlightMax: Int
    var batchMax: Int
    var batchSecondsMax: Double
    var clock: any WallClock

    private enum Event<Arrival: Sendable, Outcome: Sendable>: Sendable {
        case read(Arrival?)
        case wrote(Outcome)
        case batchTimeUp
    }

    /// Runs until all items are written, or throws what `write` threw, or `CancellationError`.
    ///
    /// - Parameters:
    ///   - read: Reads one item; nil leaves it out.
    ///   - write: Writes a batch; never called twice at the same time.
    ///   - written: Told the outcome of each batch, in order.
    func run<Item: Sendable, Arrival: Sendable, Outcome: Sendable>(
        _ items: [Item],
        read: @escaping @Sendable (Item) async -> Arrival?,
        write: @escaping @Sendable ([Arrival]) async throws -> Outcome,
        written: (Outcome) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Event<Arrival, Outcome>.self) { group in
            var stock = Stock<Arrival>(itemCount: items.count, batchMax: batchMax)
            defer { group.cancelAll() }
            while true {
                while let place = stock.nextToRead(inFlightMax: inFlightMax) {
                    group.addTask { .read(await read(items[place])) }
                }
                if let batch = stock.nextToWrite() {
                    group.addTask { .wrote(try await write(batch)) }
                } else if stock.startsTimer() {
                    group.addTask {
                        try? await clock.sleep(seconds: batchSecondsMax)
                        return .batchTimeUp
                    }
                }
                if stock.isDone { return }
                guard let event = try await group.next() else { return }
                switch event {
                case .read(let arrival): stock.wasRead(arrival)
                case .batchTimeUp: stock.timerFired()
                case .wrote(let outcome):
                    stock.isWriting = false
                    written(outcome)
                }
                guard Task.isCancelled else { continue }
                // The batch that is being written may be committed all the same; it counts then.
                while stock.isWriting, let event = try await group.next() {
                    guard case .wrote(let outcome) = event else { continue }
                    stock.isWriting = false
                    written(outcome)
                }
                throw CancellationError()
            }
        }
    }

    /// What is to be read, being read, and waiting to be written.
    private struct Stock<Arrival: Sendable> {
        let itemCount: Int
        let batchMax: Int
        var next = 0
        var reading = 0
        var waiting: [Arrival] = []
        var isWriting = false
        var isTimerSet = false
        var isOverdue = false

        init(itemCount: Int, batchMax: Int) {
            self.itemCount = itemCount
            self.batchMax = batchMax
        }

        var isDone: Bool { reading == 0 && next == itemCount && waiting.isEmpty && !isWriting }

        mutating func nextToRead(inFlightMax: Int) -> Int? {
            guard next < itemCount, reading < inFlightMax, waiting.count < 2 * batchMax else { return nil }
            reading += 1
            next += 1
            return next - 1
        }

        mutating func wasRead(_ arrival: Arrival?) {
            reading -= 1
            if let arrival { waiting.append(arrival) }
        }

        mutating func nextToWrite() -> [Arrival]? {
            let isLast = reading == 0 && next == itemCount
            guard !isWriting, !waiting.isEmpty, waiting.count >= batchMax || isOverdue || isLast else { return nil }
            let batch = Array(waiting.prefix(batchMax))
            waiting.removeFirst(batch.count)
            isWriting = true
            isOverdue = false
            return batch
        }

        mutating func startsTimer() -> Bool {
            guard !waiting.isEmpty, !isWriting, !isTimerSet else { return false }
            isTimerSet = true
            return true
        }

        mutating func timerFired() {
            isTimerSet = false
            isOverdue = true
        }
    }
}
