import CDashboard
import FoundationEssentials

/// A file of the dashboard, as browsers get it.
struct WebFile: Sendable, Hashable {
    /// What they ask for: `app.js`.
    var path: String
    /// What it holds.
    var bytes: [UInt8]
}

/// Where the files of the dashboard come from.
public enum WebSource: Sendable, Hashable {
    /// From the program itself, as `script/embed-web` made them: one script of all modules.
    case embedded
    /// From a folder, read again for each page: for those who work on them. The browser loads module by module.
    case folder(String)

    /// What browsers get: `index.html`, `style.css`, `stream.js`, `icon.svg`, `app.js`; of a folder, each module besides.
    ///
    /// - Throws: `DashboardError` where the folder cannot be read.
    func files() throws(DashboardError) -> [WebFile] {
        switch self {
        case .embedded: Self.embeddedFiles
        case .folder(let root): Self.served(try Self.read(root))
        }
    }

    private static let embeddedFiles: [WebFile] = (0..<cdashboard_count()).map { place in
        let file = cdashboard_file_at(place)
        let bytes = UnsafeBufferPointer(start: file.bytes, count: file.length)
        return WebFile(path: String(cString: file.path), bytes: Array(bytes))
    }

    /// Modules where they are, the style sheets as one in the order of their names, the worker beside them.
    private static func served(_ files: [WebFile]) -> [WebFile] {
        let isStyle = { (file: WebFile) in file.path.hasPrefix("css/") }
        let styles = WebFile(path: "style.css", bytes: Array(files.filter(isStyle).map(\.bytes).joined()))
        return [styles]
            + files.filter { !isStyle($0) }.map { file in
                file.path == "worker/stream.js" ? WebFile(path: "stream.js", bytes: file.bytes) : file
            }
    }

    private static let kinds = ["js", "css", "html", "svg"]

    private static func read(_ root: String) throws(DashboardError) -> [WebFile] {
        let manager = FileManager.default
        do {
            let paths = try manager.subpathsOfDirectory(atPath: root)
                .filter { path in kinds.contains { path.hasSuffix(".\($0)") } }
            let files = paths.sorted().compactMap { path in
                manager.contents(atPath: "\(root)/\(path)").map { WebFile(path: path, bytes: Array($0)) }
            }
            guard files.contains(where: { $0.path == "index.html" }) else {
                throw DashboardError(path: root, reason: "there is no index.html; name the folder `web` of the sources")
            }
            return files
        } catch let error as DashboardError {
            throw error
        } catch {
            throw DashboardError(path: root, reason: "it cannot be read: \(error)")
        }
    }
}

/// Why the dashboard cannot be shown.
public struct DashboardError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// What is wrong with it, and what to do.
    public let reason: String

    /// Both in a line.
    public var description: String { "the dashboard's \(path): \(reason)" }
}
