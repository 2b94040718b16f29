import ArgumentParser
import Testing

@testable import Commands

@Suite struct BindAddressTests {
    @Test(
        arguments: [
            ("127.0.0.1:5001", "127.0.0.1", 5001, "http://127.0.0.1:5001"),
            ("0.0.0.0", "0.0.0.0", 5001, "http://0.0.0.0:5001"),
            (":8080", "127.0.0.1", 8080, "http://127.0.0.1:8080"), ("[::1]:0", "::1", 0, "http://[::1]:0"),
            ("[::1]", "::1", 5001, "http://[::1]:5001"), ("::1", "::1", 5001, "http://[::1]:5001"),
            ("localhost:80", "localhost", 80, "http://localhost:80"),
        ])
    func `an address to listen at is read`(text: String, host: String, port: Int, url: String) {
        let address = BindAddress(argument: text)
        #expect(address?.host == host)
        #expect(address?.port == port)
        #expect(address?.url == url)
    }

    @Test(arguments: ["127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "[::1", "[::1]5001", "a b:1"])
    func `what is no address is refused`(text: String) {
        #expect(BindAddress(argument: text) == nil)
    }

    @Test func `settings of options reach the configuration by key`() throws {
        let command = try ServeCommand.parse([
            "--bind", "127.0.0.1:0", "--set", "snmp.retries=3", "--rules", "r.yaml", "--set", "zone=Asia/Tbilisi",
        ])
        #expect(
            command.flags == [
                "http.host": "127.0.0.1", "http.port": "0", "snmp.retries": "3", "rules.file": "r.yaml",
                "zone": "Asia/Tbilisi",
            ])
    }
}
