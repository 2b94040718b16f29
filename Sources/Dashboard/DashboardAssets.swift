import CDashboard
import Crypto

/// What browsers get: one script, one style sheet, the worker and the icon, under a name that changes with what they hold.
struct DashboardAssets: Sendable {
    /// One of them, ready to be sent.
    struct Asset: Sendable {
        var type: String
        var bytes: [UInt8]
        /// The same, as gzip.
        var compressed: [UInt8]

        init(_ type: String, _ bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
            compressed = Self.gzip(bytes)
        }

        /// Half of the octets again are room enough for what does not get smaller; empty where there is no memory.
        private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: bytes.count + bytes.count / 2 + 64) { buffer, count in
                count = cdashboard_gzip(bytes, bytes.count, buffer.baseAddress, buffer.count)
            }
        }
    }

    /// Octets of the digest of all that the paths carry, in hexadecimal.
    private static let tagOctets = 10
    private static let script = "text/javascript; charset=utf-8"

    /// In the paths of what browsers may keep for ever.
    let tag: String
    /// The page around all pages.
    let shell: Asset
    /// The rest, by name: `app.js`.
    let named: [String: Asset]

    /// Joins modules and style sheets.
    ///
    /// - Throws: `DashboardError` where a file is missing or cannot be joined.
    init(_ files: [WebFile]) throws(DashboardError) {
        let byPath = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        func file(_ path: String) throws(DashboardError) -> WebFile {
            guard let file = byPath[path] else { throw DashboardError(path: path, reason: "it is missing") }
            return file
        }
        let styles = files.filter { $0.path.hasPrefix("css/") }.sorted { $0.path < $1.path }
        let named = [
            "app.js": Asset(Self.script, try ModuleJoiner.script(of: "app.js", in: files)),
            "stream.js": Asset(Self.script, try file("worker/stream.js").bytes),
            "style.css": Asset("text/css; charset=utf-8", Array(styles.map(\.bytes).joined())),
            "icon.svg": Asset("image/svg+xml", try file("icon.svg").bytes),
        ]
        self.named = named
        tag = Self.tag(of: named)
        let page = try file("index.html").text.replacing("/assets/", with: "/assets/\(tag)/")
        shell = Asset("text/html; charset=utf-8", Array(page.utf8))
    }

    private static func tag(of named: [String: Asset]) -> String {
        var digest = SHA256()
        for (name, asset) in named.sorted(by: { $0.key < $1.key }) {
            digest.update(data: Array(name.utf8))
            digest.update(data: asset.bytes)
        }
        let digits = Array("0123456789abcdef")
        return String(digest.finalize().prefix(tagOctets).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
