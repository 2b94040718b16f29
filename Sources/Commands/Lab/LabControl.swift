import Glibc
import Synchronization

/// A Unix socket that takes one order a line and answers each with a line.
///
/// The socket is the owner's alone (0600). One client at a time; orders are rare and take microseconds.
final class LabControl: Sendable {
    private let state = Mutex<(descriptor: Int32, path: String)>((-1, ""))

    /// Makes the socket and begins to take orders on a thread of its own; replaces a socket nobody listens at.
    func listen(
        at path: String, answer: @escaping @Sendable (String) -> String
    ) throws(CommandFailure) {
        if let live = try? Self.connected(to: path) {
            close(live)
            throw CommandFailure("another lab listens at \(path)", remedy: "Name another socket.")
        }
        unlink(path)
        let descriptor = try Self.bound(to: path)
        guard Glibc.listen(descriptor, 8) == 0 else {
            close(descriptor)
            throw Self.failure("listen at", path)
        }
        state.withLock { $0 = (descriptor, path) }
        let loop = Loop(descriptor: descriptor, answer: answer)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(loop).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<Loop>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, context)
        guard status == 0 else {
            Unmanaged<Loop>.fromOpaque(context).release()
            stop()
            throw CommandFailure("no thread for \(path): \(String(cString: strerror(status)))")
        }
        pthread_detach(thread)
    }

    /// Ends taking orders and removes the socket.
    func stop() {
        let (descriptor, path) = state.withLock { state in
            defer { state = (-1, "") }
            return state
        }
        guard descriptor >= 0 else { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        unlink(path)
    }

    /// Sends one order to a lab and returns its answer.
    static func send(_ order: String, to path: String) throws(CommandFailure) -> String {
        let descriptor: Int32
        do {
            descriptor = try connected(to: path)
        } catch {
            throw CommandFailure(
                "no lab listens at \(path)", remedy: "Start one with `wardflux lab --network … --control \(path)`.")
        }
        defer { close(descriptor) }
        LineSocket.write(order + "\n", to: descriptor)
        guard let answer = LineSocket.readLine(from: descriptor) else {
            throw CommandFailure("the lab at \(path) did not answer")
        }
        return answer
    }

    private static func bound(to path: String) throws(CommandFailure) -> Int32 {
        try open(path) { descriptor, address, length in
            let mask = umask(0o177)
            defer { umask(mask) }
            return bind(descriptor, address, length)
        }
    }

    private static func connected(to path: String) throws(CommandFailure) -> Int32 {
        try open(path) { descriptor, address, length in connect(descriptor, address, length) }
    }

    private static func open(
        _ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(CommandFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw CommandFailure("the path of the socket is too long: \(path)", remedy: "Name a shorter one.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("open", path) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            defer { close(descriptor) }
            throw failure("use", path)
        }
        return descriptor
    }

    private static func failure(_ verb: String, _ path: String) -> CommandFailure {
        CommandFailure("cannot \(verb) the socket \(path): \(String(cString: strerror(errno)))")
    }
}

/// The thread that takes orders until its socket is shut down.
private final class Loop: Sendable {
    private let descriptor: Int32
    private let answer: @Sendable (String) -> String

    init(descriptor: Int32, answer: @escaping @Sendable (String) -> String) {
        self.descriptor = descriptor
        self.answer = answer
    }

    func run() {
        while true {
            let client = accept(descriptor, nil, nil)
            if client < 0 {
                if errno == EINTR { continue }
                break
            }
            while let line = LineSocket.readLine(from: client) { LineSocket.write(answer(line) + "\n", to: client) }
            close(client)
        }
        close(descriptor)
    }
}

/// Lines over a socket.
enum LineSocket {
    private static let lineBytesMax = 65_536

    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// The next line without its end; nil where the other side has gone.
    static func readLine(from descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < lineBytesMax, read(descriptor, &byte, 1) == 1 {
            if byte == 10 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }
}
