import Testing

@testable import Commands

@Suite struct CSVWriterTests {
    @Test func `records end with CRLF and only special fields are quoted`() {
        let rows: [JSONValue] = [
            ["name": "a,b", "note": "say \"hi\"", "n": 1, "tags": ["x", "y"]],
            ["name": "line\nbreak", "note": nil, "n": nil, "tags": []],
        ]
        #expect(
            CSVWriter.write(rows)
                == "name,note,n,tags\r\n\"a,b\",\"say \"\"hi\"\"\",1,x;y\r\n\"line\nbreak\",,,\r\n")
    }

    @Test func `columns are those of all rows in the order they first occur`() {
        #expect(CSVWriter.write([["a": 1], ["b": 2, "a": 3]]) == "a,b\r\n1,\r\n3,2\r\n")
    }

    @Test func `asked for columns are the columns`() {
        #expect(CSVWriter.write([["a": 1, "b": 2]], columns: ["b", "c"]) == "b,c\r\n2,\r\n")
    }

    @Test func `no rows are no text`() {
        #expect(CSVWriter.write([]).isEmpty)
    }
}
