import Testing

@testable import Dashboard

/// One script of many modules: each in its own scope, in the order in which they need each other.
@Suite struct ModuleJoinerTests {
    private func script(_ modules: [String: String], entry: String = "app.js") throws -> String {
        let files = modules.sorted { $0.key < $1.key }.map { WebFile(path: $0.key, bytes: Array($0.value.utf8)) }
        return String(decoding: try ModuleJoiner.script(of: entry, in: files), as: UTF8.self)
    }

    @Test("What is needed stands before what needs it, once, and names do not meet")
    func order() throws {
        let text = try script([
            "app.js":
                "import { a, b as c } from './core/a.js';\nimport { shared } from './core/b.js';\na(c, shared);\n",
            "core/a.js":
                "import { shared } from './b.js';\nconst own = 1;\nexport function a() { return own + shared; }\nexport const b = 2;\n",
            "core/b.js": "const own = 3;\nconst hidden = own;\nexport { hidden as shared };\n",
        ])
        #expect(
            text == """
                'use strict';
                // core/b.js
                const m0 = (() => {
                const own = 3;
                const hidden = own;


                return { shared: hidden };
                })();
                // core/a.js
                const m1 = (() => {
                const { shared } = m0;
                const own = 1;
                function a() { return own + shared; }
                const b = 2;


                return { a, b };
                })();
                // app.js
                const m2 = (() => {
                const { a, b: c } = m1;
                const { shared } = m0;
                a(c, shared);


                return {  };
                })();

                """)
    }

    @Test("An import over several lines is one; classes and async functions are given")
    func forms() throws {
        let text = try script([
            "app.js": "import {\n    A,\n    load,\n} from './a.js';\nnew A(load);\n",
            "a.js": "export class A {}\nexport async function load() {}\n",
        ])
        #expect(text.contains("const { A, load } = m0;\n"))
        #expect(text.contains("class A {}\nasync function load() {}\n"))
    }

    @Test("Comments of whole lines are left out; what stands beside code stays")
    func comments() throws {
        let text = try script([
            "app.js":
                "/**\n * What it is.\n */\n  // why\nconst a = 1; // beside\n/** @type {number} */ (a);\n/* one */\nrun(a);\n"
        ])
        #expect(text.contains("(() => {\nconst a = 1; // beside\n/** @type {number} */ (a);\nrun(a);\n"))
    }

    @Test(
        "What would fail in the browser is refused by name",
        arguments: [
            ("import a from './a.js';", "import names in braces"),
            ("import * as a from './a.js';", "import names in braces"),
            ("import { a } from 'https://example.org/a.js';", "relative paths only"),
            ("import { b } from './a.js';", "a.js exports no 'b'"),
            ("import { a } from './gone.js';", "there is no such module"),
            ("export default 1;", "by their names"),
            ("export let a = 1;", "by their names"),
            ("export { a } from './a.js';", "names of this module only"),
            ("import { x } from './circle.js';\nexport const y = x;", "in a circle: app.js -> circle.js -> app.js"),
        ])
    func refusals(text: String, reason: String) {
        let modules = [
            "app.js": text + "\n", "a.js": "export const a = 1;\n",
            "circle.js": "import { y } from './app.js';\nexport const x = y;\n",
        ]
        let error = #expect(throws: DashboardError.self) { _ = try script(modules) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "none")")
    }
}
