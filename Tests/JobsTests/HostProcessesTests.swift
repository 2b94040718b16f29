import FoundationEssentials
import Glibc
import Testing

@testable import Jobs

@Suite(.timeLimit(.minutes(5)))
struct HostProcessesTests {
    @Test("A process that was killed is seen to have ended before and after its parent asks for its end")
    func killed() throws {
        let this = try #require(HostProcesses.this)
        var id: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawnp(&id, "sleep", nil, nil, &arguments, nil) == 0)
        let line = String(
            decoding: try #require(FileManager.default.contents(atPath: "/proc/\(id)/stat")), as: UTF8.self)
        guard case .alive(let start) = ProcessStatus(line)?.standing else {
            Issue.record("\(line)")
            return
        }
        let owner = JobOwner(
            name: "w", process: JobOwner.Process(host: this.host, id: id, start: start)
        ).description
        #expect(!JobRunner.hasEnded(owner: owner))
        kill(id, SIGKILL)
        var information = siginfo_t()
        #expect(waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) == 0)
        #expect(JobRunner.hasEnded(owner: owner), "killed, not asked for its end yet")
        #expect(waitid(P_PID, id_t(id), &information, WEXITED) == 0)
        #expect(JobRunner.hasEnded(owner: owner), "killed and gone")
    }
}
