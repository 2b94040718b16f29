import CDashboard
import Crypto

/// What browsers get: the script, the style sheet, the worker and the icon, under a name that changes with what they hold.
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
    private static let page = "index.html"
    private static let types = [
        "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml",
    ]

    /// In the paths of what browsers may keep for ever.
    let tag: String
    /// The page around all pages.
    let shell: Asset
    /// The rest, by name: `app.js`, and of a folder `core/signal.js`.
    let named: [String: Asset]

    /// Compresses files, and names them in the page.
    ///
    /// - Throws: `DashboardError` where one of those that the page needs is missing.
    init(_ files: [WebFile]) throws(DashboardError) {
        var named: [String: Asset] = [:]
        for file in files {
            let ending = file.path.split(separator: ".").last.map(String.init) ?? ""
            if let type = Self.types[ending] { named[file.path] = Asset(type, file.bytes) }
        }
        for path in ["app.js", "stream.js", "style.css", "icon.svg"] where named[path] == nil {
            throw DashboardError(path: path, reason: "it is missing")
        }
        guard let page = files.first(where: { $0.path == Self.page }) else {
            throw DashboardError(path: Self.page, reason: "it is missing")
        }
        self.named = named
        tag = Self.tag(of: named)
        let text = String(decoding: page.bytes, as: UTF8.self).replacing("/assets/", with: "/assets/\(tag)/")
        shell = Asset("text/html; charset=utf-8", Array(text.utf8))
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
