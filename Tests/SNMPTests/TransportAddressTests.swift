import Testing

@testable import SNMP

@Suite("Addresses")
struct TransportAddressTests {
    @Test(
        "text in and out",
        arguments: [
            ("127.0.0.1", "127.0.0.1:161"), ("127.0.0.1:1161", "127.0.0.1:1161"), ("::1", "[::1]:161"),
            ("[::1]", "[::1]:161"), ("[2001:db8::7]:99", "[2001:db8::7]:99"), ("0.0.0.0:0", "0.0.0.0:0"),
        ])
    func text(given: String, shown: String) throws {
        let address = try #require(TransportAddress(parsing: given))
        #expect(address.description == shown)
        #expect(TransportAddress(parsing: shown) == address)
        #expect(TransportAddress(address.raw) == address)
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "localhost", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+1", "127.0.0", "[::1", "[127.0.0.1]:1",
            "[::1]x", "1::2::3", "127.0.0.1%1", "256.0.0.1",
        ])
    func refused(given: String) {
        #expect(TransportAddress(parsing: given) == nil)
    }

    @Test("order is by family, number and port")
    func order() {
        let texts = ["[::1]:1", "127.0.0.2:1", "127.0.0.1:2", "127.0.0.1:1"]
        let sorted = texts.compactMap { TransportAddress(parsing: $0) }.sorted().map(\.description)
        #expect(sorted == ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.2:1", "[::1]:1"])
        #expect(TransportAddress(ipv4: 0x7F00_0001, port: 5) == TransportAddress(127, 0, 0, 1, port: 5))
        #expect(TransportAddress(127, 0, 0, 1).ipv4 == 0x7F00_0001)
    }

    @Test("names are resolved, unknown ones are an error that says so")
    func resolve() throws {
        #expect(try TransportAddress.resolve(host: "127.0.0.1", port: 7) == [TransportAddress(127, 0, 0, 1, port: 7)])
        let error = #expect(throws: SNMPError.self) { try TransportAddress.resolve(host: "no..name", port: 1) }
        #expect(error?.description.contains("no..name") == true)
    }
}
