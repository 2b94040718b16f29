import Glibc
import Testing

@testable import Commands

@Suite struct DescriptorWriterTests {
    @Test func `a full disk is a failure`() throws {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(full >= 0)
        defer { close(full) }
        #expect(DescriptorWriter.write("text", to: full) == ENOSPC)
        #expect(StandardOutput.isFailure(ENOSPC))
    }

    @Test func `a reader that has gone is none`() {
        #expect(!StandardOutput.isFailure(EPIPE))
    }

    @Test func `all of a text is written`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        #expect(DescriptorWriter.write("text", to: ends[1]) == nil)
        close(ends[1])
        #expect(try FileText.read(descriptor: ends[0], name: "pipe") == Array("text".utf8))
    }
}
