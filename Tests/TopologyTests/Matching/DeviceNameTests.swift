import Testing

@testable import Topology

@Suite struct DeviceNameTests {
    @Test(arguments: [
        ("Core1.Example.NET.", "core1.example.net", "core1.example.net", "core1"),
        ("core1", "core1", "core1", nil),
        ("  sw 7  ", "sw 7", "sw 7", nil),
        ("nx1(FDO21000K10)", "nx1(fdo21000k10)", "nx1", nil),
        ("nx1.example.net(FDO21000K10)", "nx1.example.net(fdo21000k10)", "nx1.example.net", "nx1"),
        ("hall (north)", "hall (north)", "hall (north)", nil),
        ("(FDO21000K10)", "(fdo21000k10)", "(fdo21000k10)", nil),
        ("10.1.2.3", "10.1.2.3", "10.1.2.3", nil),
        ("001b.2100.00ff", "001b.2100.00ff", "001b.2100.00ff", nil),
        ("2001:db8::1", "2001:db8::1", "2001:db8::1", nil),
        ("sw.floor1.lab.local", "sw.floor1", "sw.floor1", "sw"),
    ])
    func formsOfAName(text: String, whole: String, base: String, short: String?) throws {
        let name = try #require(DeviceName(text, domains: ["lab.local"]))
        #expect(name.whole == whole)
        #expect(name.base == base)
        #expect(name.short == short)
    }

    @Test(arguments: ["", "   ", "...", String(repeating: "x", count: 256)])
    func whatIsNoName(text: String) {
        #expect(DeviceName(text) == nil)
    }

    @Test(arguments: ["MikroTik", "switch", "localhost.localdomain", "port-description", "Not received"])
    func namesThatNobodyGave(text: String) throws {
        #expect(try #require(DeviceName(text)).isDefault)
    }

    @Test func aDomainMakesANameOfOne() throws {
        let name = try #require(DeviceName("server.home.example.org"))
        #expect(!name.isDefault && name.isShortDefault)
    }

    @Test(arguments: [
        ("00:1b:21:00:00:01", true), ("02:42:ac:11:00:02", true), ("00:00:00:00:00:00", false),
        ("01:80:c2:00:00:0e", false), ("00:00:5e:00:01:0a", false), ("00:00:5e:00:02:0a", false),
        ("00:00:0c:07:ac:01", false), ("00:00:0c:9f:f0:01", false), ("00:05:73:a0:00:01", false),
        ("00:07:b4:00:01:01", false), ("ff:ff:ff:ff:ff:ff", false),
    ])
    func addressesThatRedundantRoutersShareIdentifyNobody(text: String, identifies: Bool) throws {
        #expect(try #require(HardwareAddress(text)).identifiesOneDevice == identifies)
    }

    @Test(arguments: ["", "00:1b:21", "00-1b-21-00-00-01", "00:1b:21:00:00:01:02", "zz:1b:21:00:00:01", "001b21000001"])
    func whatIsNoHardwareAddress(text: String) {
        #expect(HardwareAddress(text) == nil)
    }
}
