/// Makes one script of the modules that begin at one of them, so that a browser asks once and not sixty times.
///
/// Each module keeps a scope of its own: `const m3 = (() => { … return { name }; })();`, in the order in which they need
/// each other. Taken are named imports of relative paths and exports of declarations; anything else of the module
/// syntax is refused by name, as it would only fail in the browser.
struct ModuleJoiner {
    private let modules: [String: WebFile]
    private var scopes: [String: Int] = [:]
    private var exports: [String: Set<String>] = [:]
    private var underWay: [String] = []
    private var text = "'use strict';\n"

    private init(_ files: [WebFile]) {
        modules = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The script that starts with a module.
    static func script(of entry: String, in files: [WebFile]) throws(DashboardError) -> [UInt8] {
        var joiner = ModuleJoiner(files)
        try joiner.add(entry)
        return Array(joiner.text.utf8)
    }

    /// Adds a module behind those that it needs.
    private mutating func add(_ path: String) throws(DashboardError) {
        guard scopes[path] == nil else { return }
        guard let file = modules[path] else {
            throw DashboardError(path: path, reason: "there is no such module; \(underWay.last ?? "nobody") imports it")
        }
        guard !underWay.contains(path) else {
            let circle = (underWay + [path]).joined(separator: " -> ")
            throw DashboardError(path: path, reason: "modules may not need each other in a circle: \(circle)")
        }
        underWay.append(path)
        var module = try ModuleText(file)
        for place in module.imports.indices {
            module.imports[place].path = Self.resolved(module.imports[place].path, beside: path)
            try add(module.imports[place].path)
            try check(module.imports[place], of: path)
        }
        underWay.removeLast()
        let number = scopes.count
        scopes[path] = number
        exports[path] = Set(module.exports.map(\.exported))
        write(module, number)
    }

    private func check(_ one: ModuleText.Import, of path: String) throws(DashboardError) {
        for name in one.names where exports[one.path]?.contains(name.exported) != true {
            throw DashboardError(path: path, reason: "\(one.path) exports no '\(name.exported)'")
        }
    }

    private mutating func write(_ module: ModuleText, _ number: Int) {
        text += "// \(module.path)\nconst m\(number) = (() => {\n"
        for one in module.imports {
            guard let from = scopes[one.path], !one.names.isEmpty else { continue }
            text += "const { \(one.names.map(\.asPattern).joined(separator: ", ")) } = m\(from);\n"
        }
        text += module.body
        text += "\nreturn { \(module.exports.map(\.asMember).joined(separator: ", ")) };\n})();\n"
    }

    /// `./signal.js` beside `core/live.js` is `core/signal.js`.
    private static func resolved(_ path: String, beside other: String) -> String {
        var parts = other.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
