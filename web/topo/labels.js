/**
 * Which names are shown: the most important first, each only where it covers no other. It is decided for the whole
 * plane once a zoom, not for what is in view, so that no name flickers while one pans.
 */
import { mayHaveName, nodeRadius } from './detail.js';

const cellWidth = 16;
const cellHeight = 7;
const textHeight = 12;
const mostCells = 4e6;
const letterWidth = 6.2;
const longest = 28;

/** Cuts a name to what a map has room for, and keeps writing directions inside it. */
export function labelOf(name, most = longest) {
  const short = name.length > most ? `${name.slice(0, most - 1)}…` : name;
  return `\u2068${short}\u2069`;
}

/** Half the width of a name on the map, in CSS pixels; measured roughly, as 10,000 exact measures take 50 ms. */
export function labelReach(name) {
  return (Math.min(name.length, longest) * letterWidth) / 2 + 3;
}

/** Nodes by importance: towards the core first, then those with most cables. @returns {Int32Array} */
export function byImportance(graph) {
  const weight = node => (graph.tier[node] < 0 ? 99 : graph.tier[node]) * 1e5 - graph.degree[node];
  const weights = Float64Array.from({ length: graph.count }, (_, node) => weight(node));
  return Int32Array.from({ length: graph.count }, (_, node) => node).sort((a, b) => weights[a] - weights[b] || a - b);
}

/**
 * The nodes whose names are shown at a zoom: 1 in the answer.
 * @param {Int32Array} order the most important node first
 * @param {Uint8Array} mask nodes that are 0 (hidden) or 1 (dimmed) have no name
 */
export function labelled(graph, order, mask, box, z) {
  const shown = new Uint8Array(graph.count);
  const room = new Room(box, z);
  for (const node of order) {
    if (mask[node] < 2 || Number.isNaN(graph.x[node]) || !mayHaveName(graph.tier[node], z)) continue;
    const top = graph.y[node] * z + nodeRadius(graph.tier[node], z) + 2;
    if (room.take(graph.x[node] * z, top, labelReach(graph.names[node]))) shown[node] = 1;
  }
  return shown;
}

/** The nodes of a scene whose names are shown at a zoom. @param {import('./scene.js').Scene} scene */
export function namesIn({ graph, order, mask, bounds }, z) {
  return labelled(graph, order, mask, bounds, z);
}

/** What is taken of the plane, in cells the size of a letter or two. */
class Room {
  #taken;
  #columns;
  #column;
  #row;

  constructor(box, z) {
    const [width, height] = [(box.right - box.left) * z + 400, (box.bottom - box.top) * z + 100];
    // Very near in, every name has room; larger cells keep the memory bounded there.
    const coarse = Math.max(1, Math.sqrt((width * height) / (cellWidth * cellHeight) / mostCells));
    const cellAt = (from, cell) => place => Math.max(0, Math.floor((place - from) / (cell * coarse)));
    this.#column = cellAt(box.left * z - 200, cellWidth);
    this.#row = cellAt(box.top * z - 50, cellHeight);
    this.#columns = Math.ceil(width / (cellWidth * coarse)) + 1;
    this.#taken = new Uint8Array(this.#columns * (Math.ceil(height / (cellHeight * coarse)) + 1));
  }

  /** Takes the place of a name if nothing of it is taken. */
  take(middle, top, reach) {
    const [first, end] = [this.#column(middle - reach), this.#column(middle + reach) + 1];
    const rows = [];
    for (let row = this.#row(top); row <= this.#row(top + textHeight); row++) rows.push(row * this.#columns);
    if (rows.some(row => this.#taken.subarray(row + first, row + end).includes(1))) return false;
    for (const row of rows) this.#taken.fill(1, row + first, row + end);
    return true;
  }
}
