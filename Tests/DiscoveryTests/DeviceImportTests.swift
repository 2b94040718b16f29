import Discovery
import Inventory
import Testing

@Suite("Importing devices from CSV")
struct DeviceImportTests {
    private func read(_ text: String, _ format: ImportFormat = .csv) -> DeviceImport {
        DeviceImport.read(Array(text.utf8), as: format)
    }

    @Test("Every column is read")
    func readsAll() throws {
        let result = read(
            """
            name,ip,port,version,community,profile,device_type,location,tags
            CORE-SW-03,10.1.2.3,1161,2c,s3cret,,switch,"Tbilisi, HQ","core;dc, core"
            BR-01,BRANCH.example.ge,,,,branches,router,,
            v6,2001:DB8::1,,,,,,,
            """)
        #expect(result.problems.isEmpty)
        let core = try #require(result.drafts.first)
        #expect(core.name == "CORE-SW-03" && core.address == "10.1.2.3" && core.port == 1161)
        #expect(core.version == .v2c && core.community?.reveal() == "s3cret" && core.profile == nil)
        #expect(core.deviceType == .switch && core.location == "Tbilisi, HQ" && core.tags == ["core", "dc"])
        #expect(result.drafts[1].address == "branch.example.ge" && result.drafts[1].profile == "branches")
        #expect(result.drafts[1].port == nil && result.drafts[1].tags == nil && result.drafts[1].location == nil)
        #expect(result.drafts[2].address == "2001:db8::1")
    }

    @Test(
        "The manner of the file does not matter",
        arguments: [
            "name,ip\na,10.0.0.1\nb,10.0.0.2\n",
            "\u{FEFF}IP,Name\r\n10.0.0.1,a\r\n\r\n10.0.0.2,b\r\n",
            "name;ip\ra;10.0.0.1\rb;10.0.0.2",
            "name\tip\na\t10.0.0.1\nb\t10.0.0.2",
            "\"name\" , \"ip\"\n\"a\" , \"10.0.0.1\"\n b , 10.0.0.2 ",
            "Name,IP,Device-Type,TAGS\na,10.0.0.1,,\nb,10.0.0.2,,",
        ])
    func toleratesManners(text: String) {
        let result = read(text)
        #expect(result.problems.isEmpty)
        #expect(result.drafts.map(\.name) == ["a", "b"])
        #expect(result.drafts.map(\.address) == ["10.0.0.1", "10.0.0.2"])
    }

    @Test("Quoted fields hold delimiters, doubled quotation marks and line breaks, and lines are still counted right")
    func readsQuotedFields() {
        let result = read("name,ip,location\na,10.0.0.1,\"one\ntwo, \"\"three\"\"\"\nb,nowhere!,x\n")
        #expect(result.drafts.first?.location == "one\ntwo, \"three\"")
        #expect(result.problems.first?.place == ImportPlace(line: 4, column: 3, field: "ip"))
    }

    @Test("All errors of a file are reported, each with line, column and remedy")
    func reportsAllErrors() {
        let result = read(
            """
            name,ip,port,version,community,profile,device_type
            ,10.0.0.1,161,2c,,,switch
            a,10.0.0.256,0,4,,,toaster
            b,10.0.0.2,161,3,s3cret,,
            c,10.0.0.3,161,,s3cret,lan,
            d,10.0.0.4,161,3,,,
            e,10.0.0.5
            good,10.0.0.6,,,,,
            good,10.0.0.7,,,,,
            f,10.0.0.6,161,,,,
            g,10.0.0.8/24,,,,,
            """)
        #expect(
            result.problems.map(\.description) == [
                "line 2, column 1 (name): the name is missing; give each device a name",
                "line 2, column 15 (version): the version goes with a community or a profile, and the row has neither; "
                    + "give one of them, or leave the version empty",
                "line 3, column 3 (ip): '10.0.0.256' is not an IPv4 or IPv6 address or a host name; write for example "
                    + "10.0.0.1",
                "line 3, column 14 (port): '0' is not a UDP port; write a number from 1 to 65535, 161 for most devices",
                "line 3, column 16 (version): '4' is not an SNMP version; write 1, 2c or 3",
                "line 3, column 20 (device_type): 'toaster' is not a device type; write one of switch, router, "
                    + "firewall, access_point, server, phone, camera, other",
                "line 4, column 18 (community): SNMPv3 has no community; name a credential profile in the "
                    + "column 'profile'",
                "line 5, column 17 (community): the row has a community and a profile; leave one of them empty",
                "line 6, column 16 (version): SNMPv3 needs a credential profile; name it in the column 'profile'",
                "line 7, column 3: the row has 2 fields and the header 7; quote fields that contain the delimiter",
                "line 9, column 1 (name): the name 'good' is already that of line 8; names are unique",
                "line 10, column 3 (ip): address 10.0.0.6 port 161 is already that of 'good' in line 8; remove one "
                    + "of the rows",
                "line 11, column 3 (ip): '10.0.0.8/24' is a network; give the device's own address without the prefix "
                    + "length",
            ])
        #expect(result.drafts.map(\.name) == ["good"])
        #expect(!result.isRefused(.goodRows) && result.isRefused(.allOrNothing))
    }

    @Test(
        "A wrong header is an error that names the columns",
        arguments: [
            (
                "name,ip,colour\na,10.0.0.1,red\n",
                ["line 1, column 9: unknown column 'colour'; the columns are "]
            ),
            (
                "name,ip,ip\na,10.0.0.1,10.0.0.2\n",
                ["line 1, column 9 (ip): the column 'ip' is named twice; remove one"]
            ),
            ("name\na\n", ["line 1, column 1: the column 'ip' is missing; the columns are "]),
            ("", ["the file is empty; its first line names the columns: "]),
            (
                "10.0.0.1,sw1\n",
                [
                    "line 1, column 1: unknown column '10.0.0.1'; ", "line 1, column 1: the column 'name' is missing",
                    "line 1, column 1: the column 'ip' is missing", "line 1, column 10: unknown",
                ]
            ),
        ])
    func checksHeader(text: String, expected: [String]) {
        let result = read(text)
        #expect(result.drafts.isEmpty)
        #expect(result.problems.count == expected.count, "\(result.problems)")
        for (problem, beginning) in zip(result.problems, expected) {
            #expect(problem.description.hasPrefix(beginning), "\(problem)")
        }
    }

    @Test("An unclosed quotation mark, text after one, and bytes that are not UTF-8 are errors with their place")
    func reportsBrokenText() {
        #expect(read("name,ip\n\"a,10.0.0.1\n").problems.first?.place == ImportPlace(line: 2, column: 1))
        #expect(read("name,ip\n\"a\"x,10.0.0.1\n").problems.first?.place == ImportPlace(line: 2, column: 4))
        let octets = Array("name,ip\nb".utf8) + [0xFC, 0x72, 0x6F] + Array(",10.0.0.1\n".utf8)
        let broken = DeviceImport.read(octets, as: .csv)
        #expect(broken.problems.map(\.place) == [ImportPlace(line: 2, column: 2)])
        #expect(broken.drafts.isEmpty)
    }

    @Test("A row whose name and whose address are those of an earlier row has two problems")
    func reportsBothDuplicates() {
        let result = read("ip,name\n10.0.0.1,a\n10.0.0.1,a\n")
        #expect(
            result.problems.map { $0.place } == [
                ImportPlace(line: 3, column: 1, field: "ip"), ImportPlace(line: 3, column: 10, field: "name"),
            ])
    }

    @Test("Each draft knows the cells its fields were read from")
    func keepsPlaces() throws {
        let draft = try #require(read("profile,ip,name\nlan,10.0.0.1,a\n").drafts.first)
        #expect(draft.places.profile == ImportPlace(line: 2, column: 1, field: "profile"))
        #expect(draft.places.address == ImportPlace(line: 2, column: 5, field: "ip"))
        #expect(draft.places.name == ImportPlace(line: 2, column: 14, field: "name"))
    }

    @Test("No problem ever shows a community")
    func hidesCommunities() {
        let result = read("name,ip,version,community,profile\na,10.0.0.1,3,s3cret,x\nb,bad!,2c,s3cret,\n")
        #expect(!result.problems.isEmpty)
        #expect(!"\(result)".contains("s3cret"))
    }

    @Test("Random files are read without a trap, and every draft is sound", arguments: 1...40)
    func survivesNonsense(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var octets = Array("name,ip,port,tags\na,10.0.0.1,161,x\n\"b\",10.0.0.2,,\"y;z\"\n".utf8)
        for _ in 0..<400 {
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where !octets.isEmpty: octets.remove(at: Int.random(in: 0..<octets.count, using: &generator))
            case 1:
                let bytes: [UInt8] = [10, 13, 34, 44, 59, 9, 0, 0xC3, 0xFF, 49]
                let byte = bytes.randomElement(using: &generator) ?? 0
                octets.insert(byte, at: Int.random(in: 0...octets.count, using: &generator))
            default: octets.append(UInt8.random(in: 32...126, using: &generator))
            }
            for format in ImportFormat.allCases {
                let result = DeviceImport.read(octets, as: format)
                #expect(result.drafts.allSatisfy { !$0.name.isEmpty && !$0.address.isEmpty }, "seed \(seed)")
            }
        }
    }
}

@Suite("Importing devices from NetBox")
struct NetBoxImportTests {
    private func read(_ text: String, _ format: ImportFormat) -> DeviceImport {
        DeviceImport.read(Array(text.utf8), as: format)
    }

    @Test(
        "The format is told by the file",
        arguments: [
            ("name,ip\n", ImportFormat.csv),
            ("Name,Status,Tenant,Site,Role,Manufacturer,Type,IP Address\n", .netBoxCSV),
            ("name,status,device_role,manufacturer,device_type,primary_ip4\n", .netBoxCSV),
            (" {\"results\": []}", .netBoxJSON), ("\u{FEFF}[]", .netBoxJSON), ("", .csv), ("name,status\n", .csv),
        ])
    func detects(text: String, expected: ImportFormat) {
        #expect(ImportFormat.detect(Array(text.utf8)) == expected)
    }

    @Test("A CSV export is read: active devices enabled, masks stripped, roles understood, the rest reported")
    func readsCSV() throws {
        let result = read(
            """
            Name,Status,Tenant,Site,Location,Rack,Role,Manufacturer,Type,IP Address,Tags
            sw1,Active,,HQ,Floor 2,R1,Access Switch,Cisco,C2960X,10.1.2.3/24,"core,dc"
            fw1,Planned,,HQ,,,Edge Firewall,Fortinet,FG-100,2001:db8::1/64,
            panel,Active,,HQ,,,Patch Panel,,,,
            ,Active,,HQ,,,Switch,,,10.1.2.4/24,
            bad,Active,,HQ,,,Switch,,,10.1.2.400/24,
            """, .netBoxCSV)
        let sw = try #require(result.drafts.first)
        #expect(sw.name == "sw1" && sw.address == "10.1.2.3" && sw.enabled == true && sw.deviceType == .switch)
        #expect(sw.location == "HQ / Floor 2" && sw.tags == ["core", "dc"])
        #expect(result.drafts.map(\.name) == ["sw1", "fw1", "10.1.2.4"])
        let fw = result.drafts[1]
        #expect(fw.address == "2001:db8::1" && fw.enabled == false && fw.deviceType == .firewall && fw.location == "HQ")
        #expect(
            result.problems.map(\.description) == [
                "line 4, column 34 (primary_ip): device 'panel' has no primary IP address; set one in NetBox to "
                    + "import it",
                "line 6, column 27 (primary_ip): '10.1.2.400' is not an IPv4 or IPv6 address or a host name; write for"
                    + " example 10.0.0.1",
            ])
        #expect(result.problems.map(\.severity) == [.skipped, .error])
    }

    @Test("A device without an address does not stop an all-or-nothing import")
    func skippedIsNoError() {
        let result = read("Name,IP Address\npanel,\nsw,10.0.0.1/24\n", .netBoxCSV)
        #expect(result.drafts.map(\.name) == ["sw"] && !result.isRefused(.allOrNothing))
    }

    private let document = """
        {"count": 3, "next": null, "results": [
          {"name": "sw1", "status": {"value": "active", "label": "Active"}, 
           "role": {"name": "Core", "slug": "core-switch"},
           "site": {"name": "HQ"}, "location": {"display": "Room 5"}, "primary_ip": {"address": "10.1.2.3/24"},
           "tags": [{"name": "core", "slug": "core"}, {"name": "a"}]},
          {"name": "r1", "status": {"value": "offline"}, "device_role": {"slug": "router"}, "site": null,
           "primary_ip": null, "primary_ip4": {"address": "10.1.2.4/24"}, "tags": []},
          {"name": "panel", "status": {"value": "active"}, "primary_ip": null},
          {"name": null, "display": "C9300 (7)", "primary_ip": {"address": "10.1.2.5/24"}},
          7
        ]}
        """

    @Test("A JSON answer is read, of NetBox 3 and 4 alike")
    func readsJSON() {
        let result = read(document, .netBoxJSON)
        #expect(result.drafts.map(\.name) == ["sw1", "r1", "C9300 (7)"])
        #expect(result.drafts.map(\.address) == ["10.1.2.3", "10.1.2.4", "10.1.2.5"])
        #expect(result.drafts.map(\.enabled) == [true, false, nil])
        #expect(result.drafts.map(\.deviceType) == [.switch, .router, nil])
        #expect(result.drafts.map(\.location) == ["HQ / Room 5", nil, nil])
        #expect(result.drafts.map(\.tags) == [["a", "core"], [], nil])
        #expect(result.problems.map { $0.place?.field } == ["results[2].primary_ip", "results[4]"])
        #expect(result.drafts[1].places.address == ImportPlace(field: "results[1].primary_ip4"))
    }

    @Test("A plain list is read; half a JSON, another document and a page of several are told")
    func readsOtherDocuments() {
        #expect(
            read("[{\"name\": \"a\", \"primary_ip\": {\"address\": \"10.0.0.1/32\"}}]", .netBoxJSON).drafts.count == 1)
        let half = read(String(document.dropLast(40)), .netBoxJSON)
        #expect(half.drafts.isEmpty && half.problems.first?.message.hasPrefix("the file is not valid JSON") == true)
        #expect(read("{\"a\": 1}", .netBoxJSON).problems.first?.message.contains("no list of devices") == true)
    }

    @Test(
        "One page of several is refused, the last one too, and says how to ask for all",
        arguments: [
            #"{"count": 876, "next": "http://n/?offset=1", "results": [DEVICE]}"#,
            #"{"count": 876, "next": null, "previous": "http://n/?limit=50", "results": [DEVICE]}"#,
        ])
    func refusesPages(text: String) throws {
        let device = #"{"name": "a", "primary_ip": {"address": "10.0.0.1/32"}}"#
        let result = read(text.replacing("DEVICE", with: device), .netBoxJSON)
        let problem = try #require(result.problems.first)
        #expect(problem.severity == .error && result.isRefused(.allOrNothing))
        #expect(problem.message.contains("1 of 876 devices") && problem.message.contains("limit=0"))
        #expect(!result.isRefused(.goodRows) && result.drafts.count == 1)
    }

    @Test("Devices without a name do not stop an import: named by their address, or skipped where they have none")
    func toleratesUnnamedDevices() {
        let table = read(
            """
            Name,Status,IP Address
            Unnamed device,Active,10.21.0.2/24
            ,Active,10.21.0.3/24
            Unnamed device,Active,
            —,Active,
            """, .netBoxCSV)
        #expect(table.drafts.map(\.name) == ["10.21.0.2", "10.21.0.3"])
        #expect(table.drafts.allSatisfy { !$0.isNameGiven })
        #expect(table.problems.map(\.severity) == [.skipped, .skipped] && !table.isRefused(.allOrNothing))
        let document = read(#"[{"name": null, "display": ""}, {"name": "", "primary_ip": null}]"#, .netBoxJSON)
        #expect(document.drafts.isEmpty && document.problems.map(\.severity) == [.skipped, .skipped])
    }
}
