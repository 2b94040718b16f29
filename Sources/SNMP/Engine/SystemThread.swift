import Glibc

/// Threads of the operating system, for loops that wait in epoll and must not hold up the tasks of the process.
enum SystemThread {
    /// What a thread runs, on its way there.
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread; to be joined when it has ended.
    static func start(_ run: @escaping @Sendable () -> Void) throws(SNMPError) -> pthread_t {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let status = pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard status == 0 else {
            body.release()
            throw SNMPError(.system("pthread_create", errno: status), operation: .start)
        }
        return thread
    }
}
