/**
 * The plane as square bitmaps of one zoom. A pan copies them; only tiles that come into view are drawn, so that a
 * frame's work does not depend on how much the map holds.
 */
import { paintLinks } from './paint-links.js';
import { paintNames, paintNodes } from './paint-nodes.js';
import { namesIn } from './labels.js';

/** Side of a tile in device pixels. */
export const tileSide = 256;
const nameReach = 110;
const edgeReach = 30;

/** The tiles of one scene at one scale. */
export class TileSheet {
  /** @type {Map<string, {column: number, row: number, canvas: HTMLCanvasElement, usedAt: number}>} */
  tiles = new Map();
  #scene;
  #ratio;
  #named = null;

  /** @param {import('./scene.js').Scene} scene @param {number} scale device pixels to a node's width */
  constructor(scene, scale, ratio) {
    this.#scene = scene;
    this.scale = scale;
    this.#ratio = ratio;
  }

  /** The tile, or undefined where it is not drawn yet. */
  at(column, row) {
    return this.tiles.get(keyOf(column, row));
  }

  /** Draws a tile. `spare` is a canvas that is no longer needed. */
  draw(column, row, spare) {
    const canvas = spare ?? newCanvas();
    const context = canvas.getContext('2d', { alpha: false });
    paintPart(context, this.#scene, this.#frame(column, row), this.#names());
    const tile = { column, row, canvas, usedAt: 0 };
    this.tiles.set(keyOf(column, row), tile);
    return tile;
  }

  /** Takes the tile away that was not used for longest, if there are more than `most`; its canvas can serve again. */
  spare(most) {
    if (this.tiles.size < most) return null;
    let [oldest] = this.tiles.values();
    for (const tile of this.tiles.values()) if (tile.usedAt < oldest.usedAt) oldest = tile;
    this.tiles.delete(keyOf(oldest.column, oldest.row));
    return oldest.canvas;
  }

  #frame(column, row) {
    const [scale, ratio] = [this.scale, this.#ratio];
    const [left, top] = [(column * tileSide) / scale, (row * tileSide) / scale];
    return { left, top, scale, ratio, z: scale / ratio, width: tileSide, height: tileSide };
  }

  #names() {
    return (this.#named ??= namesIn(this.#scene, this.scale / this.#ratio));
  }
}

/**
 * Draws what a frame shows. @param {import('./scene.js').Scene} scene @param {import('./paint-links.js').Frame} frame
 * @param {Uint8Array} named nodes that have their name
 */
export function paintPart(context, scene, frame, named) {
  context.globalAlpha = 1;
  context.fillStyle = scene.inks.surface;
  context.fillRect(0, 0, frame.width, frame.height);
  const inView = (grid, reach) => within(grid, frame, reach * frame.ratio);
  paintLinks(context, scene, frame, inView(scene.wireGrid, edgeReach));
  paintNodes(context, scene, frame, inView(scene.nodeGrid, edgeReach));
  paintNames(context, scene, frame, inView(scene.nodeGrid, nameReach), named);
}

/** Things in a frame, and in `reach` pixels around it since their marks and names lie beside them. */
function within(grid, frame, reach) {
  const found = [];
  const { left, top, scale, width, height } = frame;
  const [right, bottom] = [left + (width + reach) / scale, top + (height + reach) / scale];
  grid.inBox(left - reach / scale, top - reach / scale, right, bottom, index => found.push(index));
  return found;
}

function keyOf(column, row) {
  return `${column} ${row}`;
}

function newCanvas() {
  return Object.assign(document.createElement('canvas'), { width: tileSide, height: tileSide });
}
