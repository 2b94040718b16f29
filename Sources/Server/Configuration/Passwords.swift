import Inventory

/// Passwords that are kept apart from the address they belong to.
enum Passwords {
    private static let octetsMax = 4_096

    /// A password from the environment, else from a file; nil where there is neither.
    ///
    /// - Parameter key: The setting that names the file, for the error where it cannot be read.
    static func read(_ given: String?, file path: String?, key: String) throws(ConfigurationError) -> Secret? {
        if let given, !given.isEmpty { return Secret(given) }
        guard let path else { return nil }
        do {
            let text = try SmallFile.text(of: path, octetsMax: octetsMax)
            return Secret(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        } catch {
            throw ConfigurationError([.init(key: key, value: path, detail: error.description)])
        }
    }
}
