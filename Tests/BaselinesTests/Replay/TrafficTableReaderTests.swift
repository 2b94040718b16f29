import Inventory
import Testing

@testable import Baselines

@Suite struct TrafficTableReaderTests {
    private static func read(
        _ text: String, zone: ZoneRules = .utc, pieces: Int = .max
    ) throws(TrafficTableError) -> (rows: [TrafficTableRow], reader: TrafficTableReader) {
        try read(Array(text.utf8), zone: zone, pieces: pieces)
    }

    private static func read(
        _ octets: [UInt8], zone: ZoneRules = .utc, pieces: Int = .max
    ) throws(TrafficTableError) -> (rows: [TrafficTableRow], reader: TrafficTableReader) {
        var reader = TrafficTableReader(zone: zone)
        var rows: [TrafficTableRow] = []
        var rest = octets[...]
        while !rest.isEmpty {
            reader.append(Array(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
            while let row = try reader.next() { rows.append(row) }
        }
        reader.end()
        while let row = try reader.next() { rows.append(row) }
        return (rows, reader)
    }

    /// Central European time around the change of 2004-10-31 03:00 to 02:00, and summer time before.
    private static let berlin = ZoneRules(name: "Europe/Berlin") { moment in
        moment < Timestamp(seconds: 1_099_184_400) && moment >= Timestamp(seconds: 1_080_435_600) ? 7200 : 3600
    }

    @Test(arguments: [
        ("1078099500", "2004-03-01T00:05:00.000Z"), ("1078099500000", "2004-03-01T00:05:00.000Z"),
        ("1078099500.25", "2004-03-01T00:05:00.250Z"), ("1.0780995e9", "2004-03-01T00:05:00.000Z"),
        ("1078099500000000", "2004-03-01T00:05:00.000Z"), ("1078099500000000000", "2004-03-01T00:05:00.000Z"),
        ("2004-03-01T00:05:00Z", "2004-03-01T00:05:00.000Z"), ("2004-03-01 00:05:00", "2004-03-01T00:05:00.000Z"),
        ("2004-03-01T00:05", "2004-03-01T00:05:00.000Z"), ("2004-03-01", "2004-03-01T00:00:00.000Z"),
        ("2004/03/01 00:05", "2004-03-01T00:05:00.000Z"), ("2004-03-01T02:05:00+02:00", "2004-03-01T00:05:00.000Z"),
        ("2004-02-29T19:05:00.123456-0500", "2004-03-01T00:05:00.123Z"),
        ("2004-03-01 01:05+01", "2004-03-01T00:05:00.000Z"),
        ("2004-03-01 00:05:00 UTC", "2004-03-01T00:05:00.000Z"),
        ("\"2004-03-01 00:05:00\"", "2004-03-01T00:05:00.000Z"),
        ("20040301000500", "2004-03-01T00:05:00.000Z"), ("200403010005", "2004-03-01T00:05:00.000Z"),
        ("20040301T000500Z", "2004-03-01T00:05:00.000Z"), ("20040301T0205+0200", "2004-03-01T00:05:00.000Z"),
        ("20040301 00:05:00", "2004-03-01T00:05:00.000Z"), ("01.03.2004 00:05:00", "2004-03-01T00:05:00.000Z"),
        ("01.03.2004 00:05", "2004-03-01T00:05:00.000Z"), ("951868800000", "2000-03-01T00:00:00.000Z"),
        ("12.345678", "1970-01-01T00:00:12.346Z"),
    ])
    func `a time is read in every form`(text: String, moment: String) throws {
        let row = try #require(try Self.read("time,value\n\(text),1\n").rows.first)
        #expect(row.at.description == moment && row.values == [1])
    }

    @Test(arguments: [
        "2004-02-30", "2004-03-01T24:00", "2004-03-01T00:05:61", "2004-03-01T0:05", "01/03/2004 00:05", "noon", "1e30",
        "2004-03-01T00:05:00+25:00", "2004-03-01T00:05:00 CET", "2004-03", "2004-03-01x", "20040230000500",
        "29991231235900", "32.01.2004", "01.13.2004 00:05", "20040301T0005000", "20040301T00",
        "3/1/2004 12:05:00 AM",
    ])
    func `anything else is no time`(_ text: String) throws {
        let found = try Self.read("time,value\n1078099500,1\n\(text),1\n")
        #expect(found.rows.count == 1 && found.reader.faults.unreadableTimes.firstLine == 3)
    }

    @Test func `a local time that clocks show twice goes on, one they never show is after the gap`() throws {
        let zone = Self.berlin
        let autumn = try Self.read(
            """
            t,v
            2004-10-31 01:30:00,1
            2004-10-31 02:00:00,2
            2004-10-31 02:30:00,3
            2004-10-31 02:00:00,4
            2004-10-31 02:30:00,5
            2004-10-31 03:00:00,6
            """, zone: zone)
        #expect(autumn.rows.map(\.at.seconds) == (0..<6).map { 1_099_179_000 + 1800 * $0 })
        #expect(autumn.rows.map(\.values) == [[1], [2], [3], [4], [5], [6]])
        let spring = try Self.read("t,v\n2004-03-28 01:30,1\n2004-03-28 02:30,2\n2004-03-28 03:45,3\n", zone: zone)
        #expect(spring.rows.map(\.at.seconds) == [1_080_433_800, 1_080_437_400, 1_080_438_300])
    }

    @Test(arguments: [
        "t,a,b\n0,1,2\n300,,nan\n", "t;a;b\r\n0;1;2\r\n300;;null\r\n", "t\ta\tb\n0\t1\t2\n300\t\tNaN",
        "\u{FEFF}t,a,b\n0,1,2\n300,,None\n", "# a comment\n\nt,a,b\n\n0,1,2\n# another\n300,-,nan",
        "\"t\",\"a\",\"b\"\n\"0\",\"1\",\"2\"\n\"300\",\"\",\"NA\"\n", " t , a , b \n 0 , 1 , 2 \n 300 , , nan \n",
    ])
    func `a table means the same in every form, in pieces of any size`(_ text: String) throws {
        for pieces in [1, 2, 3, 7, Int.max] {
            let (rows, reader) = try Self.read(text, pieces: pieces)
            #expect(reader.columns == ["a", "b"])
            #expect(rows.map(\.at.seconds) == [0, 300])
            #expect(rows.first?.values == [1, 2] && rows.last?.values.allSatisfy(\.isNaN) == true)
            #expect(reader.faults == TableFaults())
        }
    }

    @Test func `a table without names has columns all the same`() throws {
        #expect(try Self.read("0,1\n").reader.columns == ["value"])
        #expect(try Self.read("0,1,2\n").reader.columns == ["value_1", "value_2"])
        #expect(try Self.read("t,,x,x,x\n0,1,2,3,4\n").reader.columns == ["value_1", "x", "x_2", "x_3"])
        #expect(try Self.read("t,\"a,\"\"b\"\"\"\n0,1\n").reader.columns == ["a,\"b\""])
    }

    @Test(arguments: [
        // Cacti
        """
        \u{FEFF}"Title","CORE-1 - Traffic - Gi0/1"
        "Vertical Label","bits per second"
        "Start Date","2004-03-01 00:00:00"
        "End Date","2004-03-02 00:00:00"
        "Step","300"
        "Total Rows","288"
        "Graph ID","12"
        "Host ID","3"
        "Nth Percentile","10.55","(95th)"
        ""
        "Date","Inbound","Outbound"
        "2004-03-01 00:05:00","1.5e+06","2"
        "2004-03-01 00:10:00","NaN","U"

        """,
        // Grafana for Excel, Excel
        "\u{FEFF}sep=,\r\n\"Time\",\"Inbound\",\"Outbound\"\r\n1078099500000,1.5e6,2\r\n1078099800000,,\r\n",
        "sep=;\nTime,s;Inbound;Outbound\n1078099500;1.5e6;2\n1078099800;;\n",
        "\"sep=\t\"\nTime;x\tInbound\tOutbound\n1078099500\t1.5e6\t2\n1078099800\tnull\tnull\n",
        // a title, a line of units, another separator than the rows'
        "Traffic of EDGE-1; both ways\nTime,Inbound,Outbound\n,bit/s,bit/s\n1078099500,1.5e6,2\n1078099800,,\n",
        // pandas, with its index
        ",ds,Inbound,Outbound\n0,2004-03-01 00:05:00,1.5e6,2\n1,2004-03-01 00:10:00,,\n",
        ",timestamp,Inbound,Outbound\n0,1078099500,1.5e6,2\n1,1078099800,,\n",
    ])
    func `what tools export is read, whatever stands above the names`(_ text: String) throws {
        for pieces in [1, 5, Int.max] {
            let (rows, reader) = try Self.read(text, pieces: pieces)
            #expect(reader.columns == ["Inbound", "Outbound"], "\(text)")
            #expect(rows.map(\.at.seconds) == [1_078_099_500, 1_078_099_800], "\(text)")
            #expect(rows.first?.values == [1.5e6, 2] && rows.last?.values.allSatisfy(\.isNaN) == true, "\(text)")
        }
    }

    @Test func `lines between the names and the first time are told, lines above the names are not`() throws {
        let between = try Self.read("t,a,b\nx,1,2\n0,1,2\n").reader
        #expect(between.columns == ["a", "b"] && between.faults.unreadableTimes.firstLine == 2)
        let above = try Self.read("Report,2004\nx,1,2\nt,a,b\n0,1,2\n").reader
        #expect(above.columns == ["a", "b"] && above.faults == TableFaults())
        let numbers = try Self.read("Report,of ports\nt,10,20\n0,1,2\n").reader
        #expect(numbers.columns == ["10", "20"])
        let marks = try Self.read("t,a,b\n0,x;y,2\n300,1,2\n").reader
        #expect(marks.columns == ["a", "b"] && marks.faults.unevenLines.count == 0)
        let untitled = try Self.read("Report\n0,1,2\n").reader
        #expect(untitled.columns == ["value_1", "value_2"] && untitled.faults == TableFaults())
    }

    @Test func `UTF-16 is told by its name`() {
        for text in [[0xFF, 0xFE, 0x74, 0, 0x2C, 0], [0xFE, 0xFF, 0, 0x74, 0, 0x2C]] as [[UInt8]] {
            let error = #expect(throws: TrafficTableError.self) { try Self.read(text) }
            #expect(error?.message == "the text is UTF-16" && error?.remedy.contains("iconv") == true)
        }
    }

    @Test func `lines that go back in time are told and left out`() throws {
        let (rows, reader) = try Self.read("t,v\n600,1\n600,2\n300,3\n900,4\n0,5\n")
        #expect(rows.map(\.values) == [[1], [4]])
        #expect(reader.faults.repeatedTimes.count == 1 && reader.faults.repeatedTimes.firstLine == 3)
        #expect(reader.faults.earlierTimes.count == 2 && reader.faults.earlierTimes.firstLine == 4)
        #expect(
            reader.faults.sentences == [
                "1 line repeats the time of the line before; left out (line 3)",
                "2 lines are earlier than a line above; left out (the first in line 4)",
            ])
    }

    @Test func `short and long lines and words in place of numbers are told`() throws {
        let (rows, reader) = try Self.read("t,a,b\n0,1\n300,1,2,3\n600,down,\"2\n900,1,2\n")
        #expect(rows.count == 4 && rows[0].values[0] == 1 && rows[0].values[1].isNaN && rows[1].values == [1, 2])
        #expect(reader.faults.unevenLines.count == 2 && reader.faults.unreadableValues.count == 2)
        #expect(rows[3].values == [1, 2] && reader.faults.isIncomplete)
        #expect(
            reader.faults.sentences == [
                "2 values are no number; taken as unknown (the first in line 4: 'down')",
                "2 lines have more or fewer fields than there are columns; missing ones are unknown, surplus ones left "
                    + "out (the first in line 2)",
            ])
    }

    @Test(arguments: [
        ("", "no samples"), ("\n\n# only words\n", "no samples"), ("timestamp,value\n", "below the names"),
        ("timestamp\n0\n", "line 1 has one field"), ("\u{0}\u{1}\n", "octets 0"),
        ("a,b\nc,d\n", "no line begins with a time, line 2 begins with 'c'"),
        (String(repeating: "x,1\n", count: 5000), "line 2 begins with 'x'"),
        ("sep=;\n", "no samples"), ("\u{FEFF}\"Title\",\"x\"\n\"\"\n\"Date\",\"In\"\n", "below the names"),
        ("t,v\n3/1/2004 12:05:00 AM,1\nAverages,1\n", "line 2 begins with '3/1/2004 12:05:00 AM'"),
        ("series,time,value\na,2004-03-01 00:05,1\n", "the time of line 2 is its field 2"),
        (",result,table,_time,_value\n,,0,2004-03-01T00:05:00Z,1\n", "the time of line 2 is its field 4"),
        ("id,name,at,flags\n1f,a,2004-03-01T00:05:00Z,x;y\n2f,a,2004-03-01T00:05:00Z,x;y\n", "line 2 is its field 3"),
        ("itemid,clock,value\n23296,1078099500,5\n", "the time of line 2 is its field 2"),
        ("t,v\r0,1\r300,2\r", "lines end with CR alone"),
        ("1709251500: 1.2e+06 -nan\n", "line 1 has one field"),
        ("t" + String(repeating: ",a", count: 5000) + "\n", "5000 columns"),
    ])
    func `what is no table is refused with its reason`(text: String, reason: String) throws {
        let error = #expect(throws: TrafficTableError.self) { try Self.read(text) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func `a line without an end is refused before it fills the memory`() throws {
        var reader = TrafficTableReader(zone: .utc)
        var taken = 0
        let error = #expect(throws: TrafficTableError.self) {
            while taken < 100 << 20 {
                reader.append([UInt8](repeating: 0x31, count: 65_536))
                taken += 65_536
                _ = try reader.next()
            }
        }
        #expect(error?.message == "line 1 has no end within 1 MiB" && taken < 2 << 20)
    }

    @Test func `cut and mutated tables are read or refused, never more`() throws {
        let whole = Array("t,a,\"b\"\r\n2004-03-01 00:00:00,1e3,2\r\n1078100100,nan,4.5\r\n".utf8)
        for count in 0..<whole.count { _ = try? Self.read(Array(whole.prefix(count))) }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5000 {
            var octets = whole
            for _ in 0...Int(generator.next() % 4) {
                octets[Int(generator.next() % UInt64(octets.count))] = UInt8(truncatingIfNeeded: generator.next())
            }
            if let (rows, reader) = try? Self.read(octets, pieces: 5) {
                #expect(rows.allSatisfy { $0.values.count == reader.columns.count }, "\(octets)")
                #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.at < $1.at }, "\(octets)")
            }
        }
    }
}
