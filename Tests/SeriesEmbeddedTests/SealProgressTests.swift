import Inventory
import Testing

@testable import SeriesEmbedded

/// A chunk is marked only when all of it is in its blocks.
@Suite struct SealProgressTests {
    let chunk = Chunk(index: 246_112)

    @Test func `slices, then what changed meanwhile, then the disk, then the mark`() {
        var progress = SealProgress(chunk, numbers: [5, 1, 3], sliceCount: 2)
        #expect(progress.step == .write([1, 3]))
        progress.written([1, 3])
        progress.readingsChanged(1)
        #expect(progress.step == .write([5]))
        progress.written([5])
        #expect(progress.step == .write([1]))
        progress.written([1])
        #expect(progress.step == .settle)
        progress.settled()
        #expect(progress.step == .mark)
        progress.readingsChanged(9)
        #expect(progress.step == .write([9]))
        progress.written([9])
        #expect(progress.step == .settle, "what was written last is not on the disk yet")
    }

    @Test func `the oldest chunk that ended with its grace is due`() {
        let open = [chunk.next, chunk, chunk.previous]
        #expect(SealProgress.due(open, now: chunk.end, graceSeconds: 300) == chunk.previous)
        #expect(SealProgress.due([chunk], now: chunk.end, graceSeconds: 300) == nil)
        #expect(SealProgress.due([chunk], now: chunk.end.advanced(bySeconds: 300), graceSeconds: 300) == chunk)
    }

    @Test(
        arguments: [
            ("readings-2026-02-28.sqlite", 12), ("rollups-2026-02.sqlite", 336), ("rollups-2024-02.sqlite", 348),
        ])
    func `a file's name tells its chunks`(name: String, count: Int64) throws {
        let file = try #require(BlockFileName(fileName: name))
        #expect(file.description == name)
        #expect(file.end.index - file.first.index == count)
        #expect(BlockFileName.file(file.kind, of: file.first) == file)
        #expect(BlockFileName.file(file.kind, of: file.end.previous) == file)
        #expect(BlockFileName.file(file.kind, of: file.end) != file)
    }
}
