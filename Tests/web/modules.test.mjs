// Browsers load one script made of all modules, or, from a folder, module by module. These are the rules that make both the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../web', import.meta.url));
const importOf = /^import\s*\{([^}]*)\}\s*from\s*'([^']+)';/gm;

function filesIn(folder, end) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path, end) : path.endsWith(end) ? [path] : [];
  });
}

function names(list) {
  return list.split(',').map(one => one.trim()).filter(Boolean).map(one => one.split(/\s+as\s+/));
}

function read(path) {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, '')).replace(/^\s*\/\/.*$/gm, '');
  const imports = [...text.matchAll(importOf)].map(([, list, from]) => ({ names: names(list).map(pair => pair[0]), from, path: relative(root, normalize(join(dirname(path), from))) }));
  const declared = [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) +([\w$]+)/gm)].map(found => found[1]);
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(found => names(found[1]).map(pair => pair.at(-1)));
  return { text, imports, exports: new Set([...declared, ...listed]) };
}

const paths = filesIn(root, '.js').map(path => relative(root, path)).filter(path => !path.startsWith('worker/'));
const modules = new Map(paths.map(path => [path, read(join(root, path))]));

test('imports are names of modules beside, all of which there are', () => {
  for (const [path, { text, imports }] of modules) {
    assert.equal([...text.matchAll(/^import\b/gm)].length, imports.length, `${path}: only import {…} from '…';`);
    for (const one of imports) {
      assert.ok(one.from.startsWith('.'), `${path}: ${one.from} is not relative`);
      assert.ok(modules.has(one.path), `${path}: there is no ${one.path}`);
      for (const name of one.names) assert.ok(modules.get(one.path).exports.has(name), `${path}: ${one.path} does not export ${name}`);
    }
  }
});

test('exports are declarations or lists', () => {
  for (const [path, { text }] of modules) {
    assert.doesNotMatch(text, /^export (default|\*|let|var)/m, `${path}: default, *, let or var is exported`);
    assert.doesNotMatch(text, /^export \{[^}]*\}\s*from/m, `${path}: another module is exported again`);
    assert.doesNotMatch(text, /^export const [[{]/m, `${path}: a pattern is exported`);
  }
});

test('nothing is loaded later, nothing waits at the top', () => {
  for (const [path, { text }] of modules) {
    assert.doesNotMatch(text, /(?<![\w.])import\s*\(|import\.meta/, `${path}: import() or import.meta`);
    assert.doesNotMatch(text, /^(const .*= *)?await /m, `${path}: await at the top`);
  }
});

test('no module needs itself', () => {
  const done = new Set();
  const visit = (path, trail) => {
    assert.ok(!trail.includes(path), `a ring of imports: ${[...trail, path].join(' > ')}`);
    if (done.has(path)) return;
    for (const one of modules.get(path)?.imports ?? []) visit(one.path, [...trail, path]);
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
});

test('every module is used', () => {
  const used = new Set(['app.js', ...[...modules.values()].flatMap(module => module.imports.map(one => one.path))]);
  assert.deepEqual([...modules.keys()].filter(path => !used.has(path)), []);
});

test('modules stay small', () => {
  for (const [path, { text }] of modules) assert.ok(text.split('\n').length <= 400, `${path} has more than 400 lines`);
});

test('no markup is made of text, and no style is written in markup', () => {
  for (const [path, { text }] of modules) {
    const mayParse = path === 'core/template.js';
    if (!mayParse) assert.doesNotMatch(text, /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment/, `${path}: markup from text`);
    assert.doesNotMatch(text, /\beval\(|new Function\(/, `${path}: text that runs`);
    assert.doesNotMatch(text, /\sstyle="|setAttribute\('style'/, `${path}: a style attribute`);
  }
});

test('style sheets name no other place', () => {
  for (const path of filesIn(join(root, 'css'), '.css')) assert.doesNotMatch(readFileSync(path, 'utf8'), /@import|url\((?!["']?data:)/, path);
});
