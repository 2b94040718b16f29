/// Octets from hexadecimal text with blanks between them.
func octets(_ hexadecimal: String) -> [UInt8] {
    hexadecimal.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { UInt8($0, radix: 16) }
}
