import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf, cameraOf, fitting, movedBy, toPlane, toView, written, zoomedAt } from '../../web/topo/camera.js';
import { columnsOf } from '../../web/topo/columns.js';
import { graphOf } from '../../web/topo/graph.js';
import { CellGrid, distanceToLine } from '../../web/topo/grid.js';
import { byImportance, labelled, labelOf, labelReach } from '../../web/topo/labels.js';
import { maskOf, withFailure } from '../../web/topo/masks.js';
import { aroundNode } from '../../web/topo/radial.js';
import { allShown, looks, nodeAt, sceneOf, wireAt } from '../../web/topo/scene.js';
import { findNodes, nodeNamed } from '../../web/topo/search.js';
import { cablesAt, cablesOfWire, distances, neighbours, neighbourTowards, seenFrom, wireBetween, wiresAt } from '../../web/topo/walk.js';
import { exampleMap, gridMap } from './topo-example.mjs';

const everything = { focus: -1, hops: 1, tier: null, type: '', tag: '' };

test('parallel cables are one wire with the busiest cable each way, their speeds added and their outages counted', () => {
  const graph = graphOf(exampleMap());
  const wire = wireBetween(graph, 0, 1);
  assert.equal(graph.wires.count, 4);
  assert.deepEqual([...cablesOfWire(graph, wire)], [0, 1]);
  assert.equal(graph.wires.toB[wire], 80);
  assert.equal(graph.wires.toA[wire], 20);
  assert.equal(graph.wires.speed[wire], 2e10);
  assert.equal(graph.wires.down[wire], 1);
  assert.equal(graph.wires.known[wire], 2);
});

test('a wire keeps its directions whichever end the API calls the source', () => {
  const map = exampleMap();
  [map.edges.source[0], map.edges.target[0]] = [map.edges.target[0], map.edges.source[0]];
  const graph = graphOf(map);
  const wire = wireBetween(graph, 0, 1);
  assert.equal(graph.wires.toA[wire], 50);
  assert.equal(graph.wires.toB[wire], 80);
});

test('nodes keep what the API says, and unknown values are told from zero', () => {
  const graph = graphOf(exampleMap());
  assert.deepEqual([...graph.status], [1, 3, 1, 0, 1, 1]);
  assert.deepEqual([...graph.tier], [0, 1, 1, 2, 2, -1]);
  assert.ok(Number.isNaN(graph.x[5]));
  assert.deepEqual([...graph.degree], [3, 3, 3, 1, 0, 0]);
  assert.deepEqual([...graph.isSingle], [0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...graph.isUnconnected], [0, 0, 0, 0, 1, 1]);
  assert.equal(graph.cables.up[4], -1);
  assert.ok(Number.isNaN(graph.cables.toTarget[4]));
  assert.equal(graph.orphans.length, 1);
});

test('an empty network is a graph too', () => {
  const graph = graphOf(exampleMap([], []));
  assert.equal(graph.count, 0);
  assert.deepEqual(boundsOf(graph), { left: -1, top: -1, right: 1, bottom: 1 });
});

test('walks: distances, neighbours, cables, and a cable seen from either end', () => {
  const graph = graphOf(exampleMap());
  assert.deepEqual([...distances(graph, 3, 9)], [2, 2, 1, 0, -1, -1]);
  assert.deepEqual([...distances(graph, 3, 1)], [-1, -1, 1, 0, -1, -1]);
  assert.deepEqual([...neighbours(graph, 0)].sort(), [1, 2]);
  assert.equal(wiresAt(graph, 2).length, 3);
  assert.deepEqual(cablesAt(graph, 3), [4]);
  assert.equal(wireBetween(graph, 0, 3), -1);
  const [near, far] = [seenFrom(graph, 0, 0), seenFrom(graph, 0, 1)];
  assert.deepEqual([near.far, near.port, near.farPort, near.outPercent, near.inPercent], [1, 'a0', 'b0', 50, 20]);
  assert.deepEqual([far.far, far.port, far.farPort, far.outPercent, far.inPercent], [0, 'b0', 'a0', 20, 50]);
  assert.equal(seenFrom(graph, 4, 3).outPercent, null);
});

test('an arrow leads to the neighbour in that direction, and nowhere where there is none or it is hidden', () => {
  const graph = graphOf(exampleMap());
  const all = allShown(graph);
  assert.equal(neighbourTowards(graph, 0, 1, 0, all), 1);
  assert.equal(neighbourTowards(graph, 0, 0, 1, all), 2);
  assert.equal(neighbourTowards(graph, 0, -1, 0, all), -1);
  assert.equal(neighbourTowards(graph, 0, 1, 0, Uint8Array.from([2, 0, 2, 2, 2, 2])), -1);
});

test('a grid finds exactly what lies in a box, each once', () => {
  const graph = graphOf(gridMap(30));
  const { nodeGrid, wireGrid } = sceneOf(graph, allShown(graph), 'status', null);
  const found = [];
  nodeGrid.inBox(4.5, 4.5, 7.5, 6.5, node => found.push(node));
  const wanted = [...graph.ids.keys()].filter(node => graph.x[node] > 4.5 && graph.x[node] < 7.5 && graph.y[node] > 4.5 && graph.y[node] < 6.5);
  for (const node of wanted) assert.ok(found.includes(node));
  assert.equal(new Set(found).size, found.length);
  const wires = [];
  wireGrid.inBox(-9, -9, 99, 99, wire => wires.push(wire));
  assert.equal(wires.length, graph.wires.count);
});

test('a line is in every cell that it crosses, whatever its slope', () => {
  const lines = [[0, 0, 10, 10], [10, 0, 0, 10], [0, 5, 10, 5], [5, 10, 5, 0], [1, 1, 9, 2], [3, 3, 3, 3]];
  const grid = CellGrid.ofLines(lines.length, index => lines[index], { left: 0, top: 0, right: 10, bottom: 10 }, 1);
  for (const [index, [x0, y0, x1, y1]] of lines.entries()) {
    for (let step = 0; step <= 50; step++) {
      const [x, y] = [x0 + ((x1 - x0) * step) / 50, y0 + ((y1 - y0) * step) / 50];
      const found = [];
      grid.inBox(x, y, x, y, line => found.push(line));
      assert.ok(found.includes(index), `line ${index} at ${x}, ${y}`);
    }
  }
});

test('what is under the pointer: the nearest node, else a wire; never what is hidden', () => {
  const graph = graphOf(exampleMap());
  const scene = sceneOf(graph, allShown(graph), 'status', null);
  assert.equal(nodeAt(scene, 9.7, 0.1, 1), 1);
  assert.equal(nodeAt(scene, 5, 0, 1), -1);
  assert.equal(wireAt(scene, 5, 0.1, 0.5), wireBetween(graph, 0, 1));
  assert.equal(wireAt(scene, 5, 3, 0.5), -1);
  const hidden = sceneOf(graph, Uint8Array.from([2, 0, 2, 2, 2, 2]), 'status', null);
  assert.equal(nodeAt(hidden, 9.7, 0.1, 1), -1);
  assert.equal(wireAt(hidden, 5, 0.1, 0.5), -1);
  assert.equal(distanceToLine(5, 3, 0, 0, 10, 0), 3);
  assert.equal(distanceToLine(-3, 4, 0, 0, 10, 0), 5);
  assert.equal(distanceToLine(3, 4, 0, 0, 0, 0), 5);
});

test('zooming keeps the place under the pointer, panning moves by pixels', () => {
  const camera = { x: 3, y: -2, z: 10 };
  const before = toPlane(camera, 100, 50, 800, 600);
  const zoomed = zoomedAt(camera, 2.5, 100, 50, 800, 600);
  const after = toPlane(zoomed, 100, 50, 800, 600);
  assert.ok(Math.hypot(before[0] - after[0], before[1] - after[1]) < 1e-9);
  assert.deepEqual(movedBy(camera, 20, -10), { x: 1, y: -1, z: 10 });
  assert.deepEqual(toView(camera, 3, -2, 800, 600), [400, 300]);
  assert.equal(zoomedAt(camera, 1e9, 0, 0, 800, 600).z, 140);
});

test('a camera goes into an address and back; what is none is refused', () => {
  const camera = cameraOf('1.5', '-20', '12');
  assert.deepEqual(camera, { x: 1.5, y: -20, z: 12 });
  assert.deepEqual(written(camera), { x: '1.5', y: '-20.0', z: '12.0' });
  for (const bad of [['', '0', '1'], ['a', '0', '1'], ['0', '0', '0'], ['0', '0', '-1'], ['0', null, '1'], ['0', '0', 'Infinity']]) {
    assert.equal(cameraOf(bad[0], bad[1], bad[2]), null);
  }
});

test('a fit shows the whole box', () => {
  const box = { left: -10, top: -5, right: 30, bottom: 5 };
  const camera = fitting(box, 400, 300);
  const [left] = toView(camera, box.left, 0, 400, 300);
  const [right] = toView(camera, box.right, 0, 400, 300);
  assert.ok(left >= 0 && right <= 400);
  const beside = fitting(box, 400, 300, 100);
  assert.ok(toView(beside, box.left, 0, 400, 300)[0] >= 100 && toView(beside, box.right, 0, 400, 300)[0] <= 400);
  assert.equal(fitting({ left: 0, top: 0, right: 1575, bottom: 1575 }, 1240, 540).z < 0.31, true);
});

test('a focus hides what is farther away, filters dim, and a failure marks', () => {
  const graph = graphOf(exampleMap());
  assert.deepEqual([...maskOf(graph, everything)], [2, 2, 2, 2, 2, 2]);
  assert.deepEqual([...maskOf(graph, { ...everything, focus: 3, hops: 1 })], [0, 0, 2, 2, 0, 0]);
  assert.deepEqual([...maskOf(graph, { ...everything, tier: 1 })], [1, 2, 2, 1, 1, 1]);
  assert.deepEqual([...maskOf(graph, { ...everything, type: 'router' })], [1, 2, 1, 1, 1, 1]);
  assert.deepEqual([...maskOf(graph, { ...everything, tag: 'edge' })], [1, 1, 1, 2, 1, 1]);
  const marked = withFailure(graph, maskOf(graph, everything), { cutOff: ['d'], oneWay: ['b', 'gone'], failing: ['c'] });
  assert.deepEqual([...marked], [looks.dim, looks.oneWay, looks.shown, looks.cutOff, looks.dim, looks.dim]);
});

test('names cover each other nowhere, the important ones come first, and more come nearer in', () => {
  const graph = graphOf(gridMap(20));
  const { order, bounds } = sceneOf(graph, allShown(graph), 'status', null);
  const countAt = z => labelled(graph, order, allShown(graph), bounds, z).reduce((sum, one) => sum + one, 0);
  assert.ok(countAt(10) > 0);
  assert.ok(countAt(10) < countAt(40));
  assert.equal(countAt(140), graph.count);
  const shown = labelled(graph, order, allShown(graph), bounds, 20);
  const boxes = [...order].filter(node => shown[node]).map(node => [graph.x[node] * 20, graph.y[node] * 20, labelReach(graph.names[node])]);
  for (const [place, [x, y, reach]] of boxes.entries()) {
    for (const [otherX, otherY, otherReach] of boxes.slice(place + 1)) {
      const isApart = Math.abs(x - otherX) >= reach + otherReach - 16 || Math.abs(y - otherY) >= 12;
      assert.ok(isApart, `${x}, ${y} and ${otherX}, ${otherY}`);
    }
  }
});

test('names that are hidden or dimmed are not shown, long ones are cut, and directions stay inside', () => {
  const graph = graphOf(exampleMap());
  const { order, bounds } = sceneOf(graph, allShown(graph), 'status', null);
  const shown = labelled(graph, order, Uint8Array.from([0, 1, 2, 2, 2, 2]), bounds, 40);
  assert.deepEqual([...shown], [0, 0, 1, 1, 1, 0]);
  assert.equal(labelOf('x'.repeat(255)).length, 30);
  assert.equal(labelOf('\u202eabc'), '\u2068\u202eabc\u2069');
  assert.deepEqual([...byImportance(graph)], [0, 1, 2, 3, 4, 5]);
});

test('search: names that begin with the text first, all words must occur, the limit holds', () => {
  const graph = graphOf(exampleMap());
  const names = text => findNodes(graph, text).map(node => graph.names[node]);
  assert.deepEqual(names('core'), ['core-1', 'old-core']);
  assert.deepEqual(names('CORE old'), ['old-core']);
  assert.deepEqual(names('core-1'), ['core-1']);
  assert.deepEqual(names('st-'), ['dist-1', 'dist-2']);
  assert.deepEqual(names('  '), []);
  assert.deepEqual(names('nothing'), []);
  assert.equal(findNodes(graph, 'd', 1).length, 1);
});

test('a device is named by id, by name, and by name in another case', () => {
  const graph = graphOf(exampleMap());
  assert.equal(nodeNamed(graph, 'b'), 1);
  assert.equal(nodeNamed(graph, 'dist-2'), 2);
  assert.equal(nodeNamed(graph, 'DIST-2'), 2);
  assert.equal(nodeNamed(graph, 'nobody'), -1);
  assert.equal(nodeNamed(graph, ''), -1);
});

test('a drawing around a device puts it in the middle, others on rings, no two on one place', () => {
  const graph = graphOf(gridMap(6));
  const { x, y, tier } = aroundNode(graph, 14);
  assert.deepEqual([x[14], y[14], tier[14]], [0, 0, 0]);
  for (let one = 0; one < graph.count; one++) {
    for (let other = one + 1; other < graph.count; other++) {
      assert.ok(Math.hypot(x[one] - x[other], y[one] - y[other]) > 0.3, `${one} and ${other}`);
    }
  }
  assert.ok(Number.isNaN(aroundNode(graphOf(exampleMap()), 0).x[4]));
});

test('rows of GET /topology become the columns of GET /topology/map', () => {
  const graph = graphOf(columnsOf({
    revision: 3, at: null, orphans: [], unconnected_devices: [{ id: 'c' }, { id: 'elsewhere' }],
    nodes: ['a', 'b', 'c'].map(id => ({ id, name: id, device_type: 'switch', status: 'up', tier: 0, x: 0, y: 0, tags: [] })),
    edges: [
      { id: 'e', source: 'a', target: 'b', source_interface: 'p', target_interface: null, speed: 1e9, is_up: false, confidence: 1 },
      { id: 'outside', source: 'a', target: 'elsewhere', speed: null, is_up: null },
    ],
  }));
  assert.equal(graph.cables.count, 1);
  assert.equal(graph.cables.up[0], 0);
  assert.equal(graph.cables.targetPort[0], null);
  assert.deepEqual([...graph.isUnconnected], [0, 0, 1]);
});
