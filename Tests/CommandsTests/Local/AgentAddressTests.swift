import Testing

@testable import Commands

@Suite struct AgentAddressTests {
    @Test(
        arguments: [
            ("10.1.2.3", "10.1.2.3", 161), ("10.1.2.3:1161", "10.1.2.3", 1161), ("sw1.example", "sw1.example", 161),
            ("sw1:16100", "sw1", 16_100), ("fe80::1", "fe80::1", 161), ("[fe80::1]", "fe80::1", 161),
            ("[fe80::1]:1161", "fe80::1", 1161), ("::1", "::1", 161),
        ])
    func `an address is read with its port`(text: String, host: String, port: Int) {
        let address = AgentAddress(argument: text)
        #expect(address?.host == host)
        #expect(address?.port == port)
    }

    @Test(arguments: ["", ":161", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:x", "[::1", "[::1]x", "a b"])
    func `what is no address is refused`(text: String) {
        #expect(AgentAddress(argument: text) == nil)
    }
}
