import Testing

@testable import Jobs

@Suite
struct JobOwnerTests {
    private let process = JobOwner.Process(host: "b281c7e7.effffffc", id: 4711, start: 689_164)

    @Test("An owner says which process it is, and is read again as it was written")
    func written() {
        let owner = JobOwner(name: "wardflux-1a2b3c4d", process: process)
        #expect(owner.description == "wardflux-1a2b3c4d@b281c7e7.effffffc:4711:689164")
        #expect(JobOwner(owner.description) == owner)
        #expect(owner.label == "wardflux-1a2b3c4d, process 4711")
    }

    @Test(
        "A text that names no process is a name alone, whose end cannot be seen",
        arguments: [
            "", "wardflux-1a2b3c4d", "host:4711", "a@b", "a@b:1", "a@b:x:1", "a@b:0:1", "a@b:-1:1", "a@:1:1",
            "a@b:1:-1", "a@b:1:1:1", "a@b@c:1:1",
        ])
    func names(text: String) {
        let owner = JobOwner(text)
        #expect(owner.process == nil && owner.description == text && owner.label == text)
        #expect(!owner.isDead(here: "b") { _ in .gone })
    }

    @Test("A process of this host is dead where its id is gone or another's; of other hosts nothing is known")
    func dead() {
        let owner = JobOwner(name: "w", process: process)
        for (here, standing, isDead) in [
            (process.host, .gone, true), (process.host, .alive(start: 689_165), true),
            (process.host, .alive(start: 689_164), false), (process.host, .unknown, false),
            ("b281c7e7.f0000001", .gone, false), ("00000000.effffffc", .gone, false), (nil, .gone, false),
        ] as [(String?, JobOwner.Standing, Bool)] {
            let verdict = owner.isDead(here: here) { $0 == 4711 ? standing : .unknown }
            #expect(verdict == isDead, "\(here ?? "nowhere") \(standing)")
        }
    }

    @Test("A line of /proc/PID/stat is read whatever the program is called")
    func status() {
        let tail = "1 1 1 0 -1 4194304 103 0 0 0 0 0 0 0 20 0 1 0 689164 3133440 417"
        for name in ["cat", "a b", "x) R 1 (y", ""] {
            let status = ProcessStatus("4711 (\(name)) S \(tail)\n")
            #expect(status?.id == 4711 && status?.standing == .alive(start: 689_164), "\(name)")
            #expect(ProcessStatus("4711 (\(name)) Z \(tail)")?.standing == .gone, "\(name)")
        }
        for line in ["", "4711", "4711 (cat) S 1 1", "x (cat) S \(tail)", ")4711( S \(tail)"] {
            #expect(ProcessStatus(line) == nil, "\(line)")
        }
    }

    @Test("This process knows itself, and is alive under the name it gives itself")
    func this() throws {
        let text = JobRunner.newOwner()
        let owner = JobOwner(text)
        let process = try #require(owner.process, "\(text) names no process")
        #expect(!text.contains(" ") && text.utf8.count < 80)
        #expect(!JobRunner.hasEnded(owner: text))
        var other = owner
        other.process = JobOwner.Process(host: process.host, id: process.id, start: process.start + 1)
        #expect(JobRunner.hasEnded(owner: other.description), "its id was given anew")
        other.process = JobOwner.Process(host: process.host, id: .max, start: process.start)
        #expect(JobRunner.hasEnded(owner: other.description), "no process has its id")
        other.process = JobOwner.Process(host: "elsewhere", id: process.id, start: process.start + 1)
        #expect(!JobRunner.hasEnded(owner: other.description))
    }
}
