import Testing

@testable import SNMP

@Suite struct WellKnownTests {
    @Test func columnsOfInterfacesAreExpectedToHaveEquallyManyRows() {
        let columns: [ObjectIdentifier] = [
            "1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.31.1.1.1.18", "1.3.6.1.2.1.10.7.2.1.19", "1.3.6.1.2.1.17.1.4.1.2",
            "1.3.6.1.2.1.17.1.4.1.1", "1.3.6.1.2.1.2.2.1.8",
        ]
        #expect(WellKnown.groups(of: columns) == [0, 0, 0, 1, 1, 0])
    }
}
