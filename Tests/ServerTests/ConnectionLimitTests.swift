import Logging
import Testing

@testable import Server

@Suite struct ConnectionLimitTests {
    @Test func oneTooManyIsNotAllowedUntilOneEnds() {
        let limit = ConnectionLimit(2, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(limit.opened() && limit.opened())
        #expect(!limit.opened())
        limit.closed()
        #expect(!limit.opened())
        limit.closed()
        limit.closed()
        #expect(limit.opened())
    }
}
