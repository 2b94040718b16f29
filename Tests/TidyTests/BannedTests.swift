import Testing

/// Constructs the house does not use, or only with a reason beside them.
@Suite struct BannedTests {
    static let sources = SourceTree.swiftFiles(under: "Sources")

    /// Rooms whose logic is a value: no clock, no file, no socket.
    static let pureRooms: Set<String> = ["Inventory", "Catalog", "Classification", "Listing"]
    /// Executables may speak to the terminal; rooms may not.
    static let talkers: Set<String> = ["Commands", "wardflux", "wardflux-bench"]

    @Test(arguments: sources)
    func `nothing is forced and nothing is left undone`(file: SourceTree.File) {
        let banned = ["try! ", " as! ", "fatalError(\"not implemented", "TODO", "FIXME", "XXX:", "DispatchSemaphore"]
        for (number, line) in code(of: file) {
            for construct in banned where line.contains(construct) {
                Issue.record("\(file.path):\(number): '\(construct)' is not used here")
            }
        }
    }

    @Test(arguments: sources)
    func `what the compiler cannot check carries its proof`(file: SourceTree.File) {
        for (number, line) in code(of: file)
        where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
            let around = file.lines[max(0, number - 9)..<min(file.lines.count, number + 3)].joined(separator: "\n")
            #expect(
                around.contains("Proof"), "\(file.path):\(number): add a comment 'Proof: …' saying why this is safe")
        }
    }

    @Test(arguments: sources.filter { !talkers.contains($0.target) })
    func `rooms do not print`(file: SourceTree.File) {
        for (number, line) in code(of: file) where line.hasPrefix("print(") || line.contains(" print(") {
            Issue.record("\(file.path):\(number): a room logs or returns, it does not print")
        }
    }

    @Test(arguments: sources.filter { pureRooms.contains($0.target) })
    func `pure rooms have no clocks and no files`(file: SourceTree.File) {
        let banned = [
            "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "FileManager", "clock_gettime",
            "Task.sleep", "ProcessInfo", "URLSession", "String(contentsOf", "Data(contentsOf",
        ]
        for (number, line) in code(of: file) {
            for construct in banned where line.contains(construct) {
                Issue.record("\(file.path):\(number): '\(construct)' belongs in a shell, not in \(file.target)")
            }
        }
        for module in SourceTree.imports(of: file) {
            #expect(!["Foundation", "Glibc", "Dispatch", "Musl"].contains(module), "\(file.path) imports \(module)")
        }
    }

    /// In two parts each, so that this file, which is looked at like any other, does not hold them.
    static let switchedOff = [(".dis", "abled("), ("withKnown", "Issue"), ("XCT", "Skip")]
    static let sleeping = [("Thread", ".sleep"), (" usl", "eep(")]

    @Test(arguments: SourceTree.swiftFiles(under: "Tests"))
    func `tests do not sleep and none is switched off`(file: SourceTree.File) {
        for (number, line) in code(of: file) {
            for construct in (Self.switchedOff + Self.sleeping).map({ $0.0 + $0.1 })
            where line.contains(construct) {
                Issue.record("\(file.path):\(number): '\(construct)'")
            }
        }
    }

    /// The lines of a file with their numbers, comments left out.
    private func code(of file: SourceTree.File) -> [(Int, Substring)] {
        file.lines.enumerated().compactMap { index, line in
            let trimmed = line.drop { $0 == " " }
            return trimmed.hasPrefix("//") ? nil : (index + 1, trimmed)
        }
    }
}
