/// The place where a page ended: the values it was sorted by and the identity of its last row.
///
/// It stays good while rows come, go and change, since it names values and not a position. Opaque outside: base64url
/// of a version, the order it belongs to, the values, the identity and a checksum.
struct Cursor: Hashable {
    /// Table and order it belongs to, such as `interfaces:-if_speed,if_name`.
    var order: String
    /// Values of the sort columns.
    var cells: [Cell]
    /// Identity of the row.
    var id: RowID

    private static let version: UInt8 = 1

    /// The opaque form.
    var text: String {
        var packer = CursorPacker()
        packer.byte(Self.version)
        packer.text(order)
        packer.byte(UInt8(cells.count))
        for cell in cells { packer.cell(cell) }
        packer.word(id.high)
        packer.word(id.low)
        packer.word(CursorPacker.checksum(packer.bytes))
        return Base64URL.encode(packer.bytes)
    }

    init(order: String, cells: [Cell], id: RowID) {
        self.order = order
        self.cells = cells
        self.id = id
    }

    /// Reads the opaque form; nil for anything that was not written by `text`.
    init?(_ text: String) {
        guard text.utf8.count <= 8192, let bytes = Base64URL.decode(text), bytes.count > 8 else { return nil }
        var tail = CursorUnpacker(Array(bytes.suffix(8)))
        let payload = Array(bytes.dropLast(8))
        guard tail.word() == CursorPacker.checksum(payload) else { return nil }
        var unpacker = CursorUnpacker(payload)
        guard unpacker.byte() == Self.version, let order = unpacker.text(), let count = unpacker.byte() else {
            return nil
        }
        var cells: [Cell] = []
        for _ in 0..<count {
            guard let cell = unpacker.cell() else { return nil }
            cells.append(cell)
        }
        guard let high = unpacker.word(), let low = unpacker.word(), unpacker.isAtEnd else { return nil }
        self.init(order: order, cells: cells, id: RowID(high: high, low: low))
    }
}
