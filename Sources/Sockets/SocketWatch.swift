package import Dispatch
import Glibc

/// Tells when a socket can be read or written.
///
/// Watches copies of the descriptor, which are closed with their sources: so the library that made the socket may close it at any
/// time. Not for more than one task: it belongs to the actor that runs on its queue.
package final class SocketWatch {
    private let socket: Int32
    private let queue: DispatchQueue
    private let reading: any DispatchSourceRead
    private var writing: (any DispatchSourceWrite)?

    /// Watches a socket; nil where the process has no descriptor left.
    ///
    /// - Parameter onReadable: called on the queue whenever there is something to read, or the end. The end is told once: whoever
    ///   reads something before it asks `hasHungUp` for more.
    package init?(socket: Int32, queue: DispatchQueue, onReadable: @escaping @Sendable () -> Void) {
        let copy = dup(socket)
        guard copy >= 0 else { return nil }
        self.socket = socket
        self.queue = queue
        reading = DispatchSource.makeReadSource(fileDescriptor: copy, queue: queue)
        reading.setEventHandler(handler: onReadable)
        reading.setCancelHandler { _ = close(copy) }
        reading.activate()
    }

    /// Whether the other end is gone; what it sent before may still be read.
    package static func hasHungUp(_ socket: Int32) -> Bool {
        var asked = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&asked, 1, 0) == 1 && asked.revents & Int16(POLLHUP | POLLERR) != 0
    }

    deinit {
        reading.cancel()
        writing?.cancel()
    }

    /// Calls back on the queue when the socket can be written, until `stopWriting`.
    package func startWriting(_ onWritable: @escaping @Sendable () -> Void) {
        guard writing == nil else { return }
        let copy = dup(socket)
        guard copy >= 0 else { return }
        let source = DispatchSource.makeWriteSource(fileDescriptor: copy, queue: queue)
        source.setEventHandler(handler: onWritable)
        source.setCancelHandler { _ = close(copy) }
        source.activate()
        writing = source
    }

    /// Stops what `startWriting` began.
    package func stopWriting() {
        writing?.cancel()
        writing = nil
    }
}
