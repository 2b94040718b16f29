import Testing

@testable import Commands

@Suite struct LabControlTests {
    @Test func `an order reaches the lab and its answer comes back`() throws {
        let directory = try ScratchDirectory.make()
        defer { directory.remove() }
        let socket = directory.path + "/lab.sock"
        let control = LabControl()
        try control.listen(at: socket) { "heard \($0)" }
        #expect(try LabControl.send("down 127.1.0.5", to: socket) == "heard down 127.1.0.5")
        #expect(try LabControl.send("up 127.1.0.5", to: socket) == "heard up 127.1.0.5")
        #expect(throws: CommandFailure.self) { try LabControl().listen(at: socket) { $0 } }
        control.stop()
        let failure = #expect(throws: CommandFailure.self) { try LabControl.send("up x", to: socket) }
        #expect(failure?.remedy?.contains("--control") == true)
    }

    @Test func `a path that is too long for a socket is refused`() {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        #expect(throws: CommandFailure.self) { try LabControl().listen(at: path) { $0 } }
    }

    @Test func `a scratch directory is gone after its command, a kept one stays`() throws {
        let directory = try ScratchDirectory.make()
        try FileText.write("x", to: directory.path + "/file")
        let kept = try ScratchDirectory(kept: directory.path)
        kept.remove()
        #expect(FileText.isDirectory(directory.path))
        directory.remove()
        #expect(!FileText.isDirectory(directory.path))
    }
}
