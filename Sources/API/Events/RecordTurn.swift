import Listing

/// What became of something that operators enter.
enum RecordTurn: String, Sendable, Hashable, CaseIterable {
    case created
    case changed
    case expired
    case removed
}

extension EventHub {
    /// Tells what became of something: the event's data are `event` and the members of its row.
    func publish(_ name: String, _ turn: RecordTurn, _ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(reserving: 1_024)
        writer.beginObject()
        writer.member("event", turn.rawValue)
        members(&writer)
        writer.endObject()
        publish(name, writer.bytes)
    }

    /// Tells that something is gone, of which only the id is left.
    func publish(removalOf id: String, from name: String) {
        publish(name, .removed) { $0.member("id", id) }
    }

    /// Tells whoever watches that events were missed, and that lists are to be read again.
    func publishResync() { publish("resync", Array("{}".utf8)) }
}
