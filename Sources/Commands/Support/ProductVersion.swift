/// The version this program says it is.
enum ProductVersion {
    /// Semantic version, as in CHANGELOG.
    static let current = "0.1.0"
}
