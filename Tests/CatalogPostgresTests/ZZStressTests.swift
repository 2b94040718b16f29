#if PostgreSQL
    import Cluster
    import Foundation
    import Inventory
    import Testing

    @testable import CatalogPostgres

    @Suite("stress", .serialized)
    struct ZZStressTests {
        @Test func stress() async throws {
            for round in 0..<100 {
                try await ClusterTrial.runAlone { trial in
                    let process = try await trial.process { $0.lookSeconds = 0.01 }
                    let waiting = Task {
                        await clusterFailure {
                            _ = try await process.cluster.queue.claim(
                                from: "work", for: process.id, limit: 1, seconds: 60, waitSeconds: 600)
                        }
                    }
                    try await Task.sleep(for: .microseconds(Int.random(in: 0...30_000)))
                    let port = trial.trial.server.port
                    trial.trial.server.kill9()
                    let watch = Task {
                        try await Task.sleep(for: .seconds(4))
                        let shell = Process()
                        shell.executableURL = URL(filePath: "/bin/bash")
                        shell.arguments = ["-c", """
                            date; ss -tnp | grep \(port); for p in $(ss -tnp | grep ':\(port) ' | grep -o 'pid=[0-9]*' | sort -u | cut -d= -f2); do echo == $p; ps -o pid,ppid,stat,wchan:25,args -p $p; cat /proc/$p/wchan /proc/$p/syscall; gdb -p $p -batch -ex 'thread apply all bt' 2>/dev/null | head -80; done
                            """]
                        shell.standardOutput = FileHandle(forWritingAtPath: "/dev/stderr")
                        try shell.run()
                    }
                    let result = await waiting.value
                    watch.cancel()
                    print("round \(round): \(result.seconds) \(String(describing: result.error))")
                }
            }
        }
    }
#endif
