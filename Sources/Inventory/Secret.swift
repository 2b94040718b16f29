/// A text that must never be shown: a community, a pass phrase, a token.
///
/// Every description, dump and mirror of it is `<secret>`, and it has no Codable form; the text is reached
/// only by `reveal()`, so that each place that does can be found.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Keeps a text secret.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the wire or the vault.
    public func reveal() -> String {
        text
    }

    /// Whether there is any text.
    public var isEmpty: Bool {
        text.isEmpty
    }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
