import Listing
import Testing

@Suite struct CSVTests {
    @Test(arguments: [
        (Cell.null, ""), (.text(""), "\"\""), (.text("a,b"), "\"a,b\""), (.text("say \"hi\""), "\"say \"\"hi\"\"\""),
        (.text("two\nlines"), "\"two\nlines\""), (.integer(-5), "-5"), (.real(0.5), "0.5"), (.boolean(true), "true"),
        (.list(["a", "b"]), "a;b"), (.text("=1+1"), "'=1+1"), (.text("+995"), "'+995"), (.text("-x"), "'-x"),
        (.text("@cmd"), "'@cmd"), (.text("\tx"), "'\tx"), (.text("*** Magti ***"), "*** Magti ***"),
        (.text("=A,B"), "\"'=A,B\""), (.counts(["b": 2, "a": 1]), "a=1;b=2"),
    ])
    func aValueIsWrittenSafely(_ cell: Cell, _ expected: String) {
        var writer = CSVWriter()
        writer.line([cell, .integer(1)])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected + ",1\r\n")
    }

    @Test func aTableBeginsWithItsColumns() {
        let csv = String(decoding: Sample.schema.csv([.numbered(1, "a", size: 7, tags: ["x", "y"])]), as: UTF8.self)
        #expect(
            csv == "id,name,size,kind,is_on,tags,secret\r\n"
                + "00000000-0000-0000-0000-000000000001,a,7,big,false,x;y,x\r\n")
    }
}
