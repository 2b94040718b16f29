import FoundationEssentials
import Glibc
import Inventory
import Jobs
import Logging
import Pipelines
import Testing

@testable import Server

/// The same answers over a socket as in the process.
@Suite struct ServerApplicationTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Sends octets to a port of this machine and reads until the server closes.
    private func exchange(_ port: Int, _ request: String) -> String {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return "" }
        let bytes = Array(request.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(file, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    @Test(.timeLimit(.minutes(5))) func aServerAnswersOverItsSocketAndEndsWhenAsked() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var configuration = ServerConfiguration(dataDirectory: path)
        configuration.port = 0
        configuration.pipelines.discoverAllSchedule = nil
        configuration.pipelines.cleanUpSchedule = nil
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = ServerApplication(configuration, version: "0", logger: Self.quiet) { continuation.yield($0) }
        let task = Task { try await server.run() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        for (request, status) in [
            ("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "200"),
            ("GET /api/v1/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "421"),
            ("GET /api/v1/interfaces/list?limit=x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "400"),
            ("DELETE /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "405"),
        ] {
            let answer = exchange(port, request)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        }
        task.cancel()
        _ = await task.result
    }
}
