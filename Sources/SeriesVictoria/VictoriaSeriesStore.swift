import AsyncHTTPClient
public import Inventory
public import Logging
public import Series
import Synchronization

/// A time-series store in a VictoriaMetrics server, with an outbox on disk before it.
///
/// `append` returns when readings are safe in the outbox; `maintain` sends them, and keeps them until the server had
/// them for the settling time without starting anew. Readers see what is with the server and what is still here.
/// Counters beyond 2^53 come back from the server as the nearest double.
public final class VictoriaSeriesStore: SeriesStore {
    /// Labels of interfaces as the catalog has them at the moment; those it does not know are left out.
    public typealias LabelSource = @Sendable ([InterfaceID]) async -> [InterfaceID: SeriesLabels]

    /// What changes.
    struct Condition: Sendable {
        var isClosed = false
        var isMaintaining = false
        var accepted: Int64 = 0
        var refused: Int64 = 0
        /// Why the server cannot be reached or refuses, with what to do; nil where all is well.
        var trouble: String?
        /// Why the outbox takes no readings; nil where it does.
        var outboxTrouble: String?
        /// Whether the outbox is to be opened anew, because the outcome of a write is not known.
        var needsReopening = false
        /// When the server was looked at last, on the steady clock.
        var lookedAt: Int64?
    }

    let configuration: VictoriaConfiguration
    let address: VictoriaAddress
    let transport: any VictoriaTransport
    let labels: LabelSource
    let now: @Sendable () -> Timestamp
    let steadyMilliseconds: @Sendable () -> Int64
    let logger: Logger
    let condition = Mutex(Condition())
    private let outbox: Mutex<OutboxFile>

    init(
        _ configuration: VictoriaConfiguration, address: VictoriaAddress, transport: any VictoriaTransport,
        outbox: OutboxFile, labels: @escaping LabelSource, now: @escaping @Sendable () -> Timestamp,
        steadyMilliseconds: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        self.configuration = configuration
        self.address = address
        self.transport = transport
        self.labels = labels
        self.now = now
        self.steadyMilliseconds = steadyMilliseconds
        self.logger = logger
        self.outbox = Mutex(outbox)
    }

    /// Opens the outbox of a server; the server need not be there.
    ///
    /// Throws `cannotOpen` where the address cannot be read or the outbox cannot be opened, `damaged` where it is none.
    public static func open(
        _ configuration: VictoriaConfiguration, labels: @escaping LabelSource,
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) async throws(SeriesError) -> VictoriaSeriesStore {
        let address = try VictoriaAddress(configuration.url)
        return try await open(
            configuration, transport: HTTPTransport(address), labels: labels, now: now, logger: logger)
    }

    /// Opens with a way to the server, and a clock that never steps, of one's own.
    static func open(
        _ configuration: VictoriaConfiguration, transport: any VictoriaTransport, labels: @escaping LabelSource,
        now: @escaping @Sendable () -> Timestamp, steadyMilliseconds: (@Sendable () -> Int64)? = nil, logger: Logger
    ) async throws(SeriesError) -> VictoriaSeriesStore {
        do {
            let address = try VictoriaAddress(configuration.url)
            let outbox = try await openOutbox(configuration)
            return VictoriaSeriesStore(
                configuration, address: address, transport: transport, outbox: outbox, labels: labels, now: now,
                steadyMilliseconds: steadyMilliseconds ?? { SteadyClock.milliseconds() }, logger: logger)
        } catch {
            await transport.close()
            throw error
        }
    }

    /// The outbox; opened anew where the outcome of a write is not known.
    func file() async throws(SeriesError) -> OutboxFile {
        let (isClosed, needsReopening) = condition.withLock { ($0.isClosed, $0.needsReopening) }
        if isClosed { throw SeriesError(.closed, message: "the time-series store is closed") }
        guard needsReopening else { return outbox.withLock { $0 } }
        let fresh = try await Self.openOutbox(configuration)
        let old = outbox.withLock { current in
            defer { current = fresh }
            return current
        }
        old.close()
        condition.withLock { $0.needsReopening = false }
        return fresh
    }

    /// The outbox for a look at what is in memory.
    var current: OutboxFile { outbox.withLock { $0 } }

    /// Ends: the connections and the outbox are closed, and what is in it goes on at the next start.
    public func close() async {
        let wasClosed = condition.withLock { condition in
            defer { condition.isClosed = true }
            return condition.isClosed
        }
        guard !wasClosed else { return }
        await transport.close()
        current.close()
    }

    private static func openOutbox(_ configuration: VictoriaConfiguration) async throws(SeriesError) -> OutboxFile {
        let settle = Int64(min(max(configuration.settleSeconds, 0), 3600)) * 1000
        return try await OutboxFile.open(
            directory: configuration.directory,
            settings: OutboxStateMachine.Settings(octetsMax: configuration.outboxOctetsMax, settleMilliseconds: settle))
    }
}
