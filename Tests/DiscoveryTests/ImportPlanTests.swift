import Catalog
import Discovery
import Inventory
import Testing

@Suite("Planning an import")
struct ImportPlanTests {
    private func draft(_ name: String, _ address: String, _ change: (inout DeviceDraft) -> Void = { _ in })
        -> DeviceDraft
    {
        var draft = DeviceDraft(name: name, address: address)
        change(&draft)
        return draft
    }

    private func plan(
        _ existing: [Device], _ drafts: [DeviceDraft], known: Set<String>? = nil
    ) -> (DeviceRevision, ImportOutcome) {
        ImportPlan.plan(
            existing: existing, drafts: drafts, at: .start.later(60), knownProfiles: known,
            profileName: { community, version in "imported-\(version.rawValue)-\(community.reveal().count)" })
    }

    private func written(_ revision: DeviceRevision, to devices: [Device]) -> [Device] {
        devices.map { device in revision.updated.first { $0.id == device.id } ?? device } + revision.inserted
    }

    @Test("New devices are created with what the file says and defaults for the rest; profiles are named once")
    func creates() throws {
        let (revision, outcome) = plan(
            [],
            [
                draft("a", "10.0.0.1") {
                    $0.community = Secret("s3cret")
                    $0.port = 1161
                    $0.tags = ["x"]
                },
                draft("b", "10.0.0.2") { $0.community = Secret("s3cret") },
                draft("c", "10.0.0.3") { $0.profile = "lan" },
            ], known: ["lan"])
        #expect(outcome.created == 3 && outcome.updated == 0 && outcome.unchanged == 0 && outcome.problems.isEmpty)
        #expect(revision.inserted.map(\.credentialProfile) == ["imported-2c-6", "imported-2c-6", "lan"])
        #expect(outcome.profiles.map(\.name) == ["imported-2c-6"])
        let first = try #require(revision.inserted.first)
        #expect(first.port == 1161 && first.tags == ["x"] && first.enabled && first.status == .unknown)
        #expect(!"\(outcome)".contains("s3cret"))
    }

    @Test("Importing twice changes nothing the second time")
    func isIdempotent() {
        let drafts = [
            draft("a", "2001:db8::1") { $0.community = Secret("one") },
            draft("b", "sw.example") { $0.deviceType = .switch },
            draft("c", "10.0.0.3") { $0.enabled = false },
        ]
        let devices = written(plan([], drafts).0, to: [])
        let (revision, outcome) = plan(devices, drafts)
        #expect(revision == DeviceRevision())
        #expect(outcome.unchanged == 3 && outcome.created == 0 && outcome.updated == 0)
    }

    @Test("A device is found by name first, then by address and port; what the file does not say stays")
    func matches() {
        var known = Device(name: "a", address: "10.0.0.1", at: .start)
        known.location = "rack 7"
        known.tags = ["keep"]
        var other = Device(name: "old-name", address: "10.0.0.2", port: 1161, at: .start)
        other.deviceType = .router
        let (revision, outcome) = plan(
            [known, other], [draft("a", "10.0.0.99"), draft("new-name", "10.0.0.2") { $0.port = 1161 }])
        #expect(outcome.updated == 2 && outcome.created == 0)
        #expect(revision.updated.map(\.id) == [known.id, other.id])
        #expect(revision.updated[0].address == "10.0.0.99" && revision.updated[0].location == "rack 7")
        #expect(revision.updated[0].tags == ["keep"] && revision.updated[0].updatedAt == .start.later(60))
        #expect(revision.updated[1].name == "new-name" && revision.updated[1].deviceType == .router)
    }

    @Test("An address that belongs to another device is a conflict; the other rows are kept")
    func reportsConflicts() {
        let one = Device(name: "a", address: "10.0.0.1", at: .start)
        let two = Device(name: "b", address: "10.0.0.2", at: .start)
        let (revision, outcome) = plan([one, two], [draft("a", "10.0.0.2"), draft("c", "10.0.0.3")])
        #expect(
            outcome.problems.map(\.message) == [
                "address 10.0.0.2 port 161 belongs to device 'b'; change or delete that device, or give this one "
                    + "another address"
            ])
        #expect(revision.updated.isEmpty && revision.inserted.map(\.name) == ["c"])
    }

    @Test("Two devices may swap their addresses in one file")
    func allowsSwaps() {
        let one = Device(name: "a", address: "10.0.0.1", at: .start)
        let two = Device(name: "b", address: "10.0.0.2", at: .start)
        let (revision, outcome) = plan([one, two], [draft("a", "10.0.0.2"), draft("b", "10.0.0.1")])
        #expect(outcome.problems.isEmpty && revision.updated.map(\.address) == ["10.0.0.2", "10.0.0.1"])
    }

    @Test("Two rows that end at one address and port, because one of them names no port, are a conflict")
    func reportsConflictsAmongRows() {
        let one = Device(name: "a", address: "10.0.0.1", port: 1161, at: .start)
        let (revision, outcome) = plan([one], [draft("a", "10.0.0.9"), draft("b", "10.0.0.9") { $0.port = 1161 }])
        #expect(outcome.problems.count == 1 && revision.updated.count == 1 && revision.inserted.isEmpty)
    }

    @Test("All that is wrong with a file, in itself and beside what is known, is one list in its order")
    func reportsAll() {
        let file = DeviceImport.read(
            Array(
                """
                name,ip,port,profile
                a,10.0.0.1,161,lann
                b,bad!,161,lan
                c,10.0.0.7,161,lan
                d,10.0.0.8,0,lan
                e,10.0.0.9,161,wan
                good,10.0.0.10,161,lan
                """.utf8), as: .csv)
        let known = [
            Device(name: "c", address: "10.0.0.3", at: .start), Device(name: "taken", address: "10.0.0.7", at: .start),
        ]
        let (revision, outcome) = plan(known, file.drafts, known: ["lan"])
        #expect(revision.inserted.map(\.name) == ["good"] && revision.updated.isEmpty)
        let problems = file.problems(with: outcome)
        #expect(
            problems.map { $0.place?.description } == [
                "line 2, column 16 (profile)", "line 3, column 3 (ip)", "line 4, column 3 (ip)",
                "line 5, column 12 (port)", "line 6, column 16 (profile)",
            ])
        #expect(problems[0].message == "there is no credential profile 'lann'; create it, or correct the name")
        #expect(file.isRefused(.allOrNothing, with: outcome) && !file.isRefused(.goodRows, with: outcome))
    }

    @Test("A good file is refused as a whole where one of its devices conflicts with a known one")
    func refusesByPlan() {
        let file = DeviceImport.read(Array("name,ip\na,10.0.0.2\nb,10.0.0.4\n".utf8), as: .csv)
        let known = [
            Device(name: "a", address: "10.0.0.1", at: .start), Device(name: "c", address: "10.0.0.2", at: .start),
        ]
        let (_, outcome) = plan(known, file.drafts)
        #expect(!file.isRefused(.allOrNothing) && file.isRefused(.allOrNothing, with: outcome))
        #expect(file.problems(with: outcome).map { $0.place?.description } == ["line 2, column 3 (ip)"])
    }

    @Test("A row with an unknown profile whose address is another device's has two problems")
    func reportsTwoProblemsOfARow() {
        let file = DeviceImport.read(Array("name,ip,profile\na,10.0.0.2,lann\n".utf8), as: .csv)
        let known = [
            Device(name: "a", address: "10.0.0.1", at: .start), Device(name: "c", address: "10.0.0.2", at: .start),
        ]
        let (revision, outcome) = plan(known, file.drafts, known: ["lan"])
        #expect(revision == DeviceRevision())
        #expect(
            file.problems(with: outcome).map { $0.place?.description } == [
                "line 2, column 3 (ip)", "line 2, column 12 (profile)",
            ])
    }

    @Test("A name that was made up for a file never replaces one that was given")
    func keepsGivenNames() {
        let known = Device(name: "core", address: "10.0.0.1", at: .start)
        let unnamed = draft("10.0.0.1", "10.0.0.1") { $0.isNameGiven = false }
        let (revision, outcome) = plan([known], [unnamed])
        #expect(revision == DeviceRevision() && outcome.unchanged == 1)
        #expect(plan([], [unnamed]).0.inserted.map(\.name) == ["10.0.0.1"])
    }
}

@Suite("The checks every device passes")
struct DeviceDraftChecksTests {
    @Test("Names, addresses, ports and tags are brought into their canonical form")
    func canonical() throws {
        #expect(try DeviceDraft.checkedName("  core 1 ") == "core 1")
        #expect(try DeviceDraft.checkedAddress("2001:DB8:0::1") == "2001:db8::1")
        #expect(try DeviceDraft.checkedAddress("::ffff:10.0.0.60") == "10.0.0.60")
        #expect(try DeviceDraft.checkedName("\u{202B}ბანკი\u{202C}") == "\u{202B}ბანკი\u{202C}")
        #expect(try DeviceDraft.checkedAddress("Switch-1.Example.") == "switch-1.example")
        #expect(try DeviceDraft.checkedPort(65_535) == 65_535)
        #expect(DeviceDraft.checkedTags([" b ", "a", "", "a"]) == ["a", "b"])
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "10.0.0", "1234", "a b", "-a", "a..b", "http://x", "10.0.0.1:161", "[::1]", "fe80::1%eth0", "*",
            "0x7f.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.255.255.250", "::", "::0.0.0.0", "ff02::1",
            "::ffff:0.0.0.0", "::ffff:224.0.0.1",
        ])
    func refusesAddresses(text: String) {
        #expect(throws: ImportProblem.self) { try DeviceDraft.checkedAddress(text) }
    }

    @Test("An address that no device can have says what to give")
    func namesRemedy() {
        let refusal = #expect(throws: ImportProblem.self) { try DeviceDraft.checkedAddress("0.0.0.0") }
        #expect(
            refusal?.message
                == "'0.0.0.0' is the unspecified address and no device's; give the address the device answers at")
    }

    @Test("Empty, long, invisible and broken names, and ports out of range are refused")
    func refusesNamesAndPorts() {
        let invisible = ["\u{200B}", "\u{202E}\u{2066} \u{FEFF}", "\u{2800}"]
        for name in ["", "   ", String(repeating: "x", count: 256), "a\nb", "a\u{0}b"] + invisible {
            #expect(throws: ImportProblem.self) { try DeviceDraft.checkedName(name) }
        }
        for port in [0, -1, 65_536] { #expect(throws: ImportProblem.self) { try DeviceDraft.checkedPort(port) } }
    }
}
