import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../../web/topo/graph.js';
import { maskOf, withShown } from '../../web/topo/masks.js';
import { allShown } from '../../web/topo/scene.js';
import { deviceRows, linkRows, sorted } from '../../web/pages/topology/table-rows.js';
import { exampleMap } from './topo-example.mjs';

const focus = { focus: 3, hops: 1, tier: null, type: '', tag: '' };

test('the table of devices tells what the map tells', () => {
  const graph = graphOf(exampleMap());
  const rows = deviceRows(graph, allShown(graph));
  assert.equal(rows.length, 6);
  assert.deepEqual({ ...rows[1], text: undefined }, {
    id: 'b', name: 'dist-1', status: 'down', type: 'router', tier: 1, cables: 3, neighbours: 2, single: 0, text: undefined,
  });
  assert.equal(rows[5].tier, null);
});

test('a focus leaves out devices and links that it hides', () => {
  const graph = graphOf(exampleMap());
  const mask = maskOf(graph, focus);
  assert.deepEqual(deviceRows(graph, mask).map(row => row.name), ['dist-2', 'access-1']);
  assert.deepEqual(linkRows(graph, mask).map(row => row.id), ['cable-4']);
  assert.deepEqual([...withShown(mask, [0])], [2, 0, 2, 2, 0, 0]);
});

test('the table of links has both ports, the state, and null where nothing is known', () => {
  const graph = graphOf(exampleMap());
  const rows = linkRows(graph, allShown(graph));
  assert.deepEqual([rows[1].source, rows[1].sourcePort, rows[1].target, rows[1].targetPort, rows[1].state], ['core-1', 'a1', 'dist-1', 'b1', 'down']);
  assert.deepEqual([rows[4].toTarget, rows[4].speed, rows[4].state, rows[4].single], [null, null, 'unknown', 1]);
});

test('rows sort as people read them, and those without a value come last either way', () => {
  const rows = ['Gi1/0/10', 'Gi1/0/2', null].map(name => ({ name }));
  assert.deepEqual(sorted(rows, 'name').map(row => row.name), ['Gi1/0/2', 'Gi1/0/10', null]);
  assert.deepEqual(sorted(rows, '-name').map(row => row.name), ['Gi1/0/10', 'Gi1/0/2', null]);
  assert.deepEqual(sorted([{ n: 1 }, { n: 12 }, { n: 3 }], '-n').map(row => row.n), [12, 3, 1]);
});
