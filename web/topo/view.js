/**
 * The map on its canvas: a camera over tiles. A frame copies the tiles in view, draws at most a few missing ones, and
 * puts the marks over them. While the zoom changes, the tiles of the last zoom are stretched; when it rests, new ones
 * are drawn over them.
 */
import { boundsOf, fitting, movedBy, toPlane, toView, zoomedAt } from './camera.js';
import { listenToGestures } from './gestures.js';
import { nothingMarked, paintOverlay } from './overlay.js';
import { nodeAt, wireAt } from './scene.js';
import { TileSheet, tileSide } from './tiles.js';

/** The zoom rests when it has not changed for so long, in milliseconds. */
const restsAfter = 110;
/** How long a frame may draw tiles when the camera is still, in milliseconds; while it moves, one tile at most. */
const stillBudget = 14;
/** Drawing tiles takes at most half of the time while the camera moves, so that frames go on. */
const longestPause = 100;

/**
 * @typedef {object} Listeners
 * @property {(node: number, wire: number) => void} choose what was tapped; -1 where nothing
 * @property {(node: number) => void} open
 * @property {(node: number, wire: number, x: number, y: number) => void} hover
 * @property {(camera: import('./camera.js').Camera, isFitted: boolean) => void} rest the camera stands still
 * @property {() => number} covered how much at the left a fit leaves free, in CSS pixels
 */

/** A map that can be moved; one that `isStill` always shows all. */
export class MapView {
  /** @param {HTMLCanvasElement} canvas @param {Partial<Listeners>} listeners */
  constructor(canvas, listeners, { isStill = false } = {}) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.listeners = listeners;
    this.camera = { x: 0, y: 0, z: 10 };
    this.marked = nothingMarked();
    /** @type {import('./scene.js').Scene|null} */
    this.scene = null;
    /** @type {TileSheet|null} */
    this.sheet = null;
    /** @type {TileSheet|null} */
    this.under = null;
    /** Whether it shows all of something, and nobody has moved since. */
    this.isFitted = isStill;
    this.#size = { width: 0, height: 0, ratio: 1 };
    this.#stopGestures = listenToGestures(canvas, isStill ? this.#taps() : { ...this.#taps(), ...this.#moves() });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
    this.#resize();
  }

  #size;
  #stopGestures;
  #observer;
  #frame = 0;
  #frameNumber = 0;
  #rest = 0;
  #movedAt = 0;
  #fitMask = null;
  #pauseUntil = 0;

  /** Shows a scene; what was drawn of the last one stays until it is drawn anew. */
  show(scene) {
    this.scene = scene;
    this.#renew();
  }

  /** Changes what is marked. @param {Partial<import('./overlay.js').Marked>} marked */
  mark(marked) {
    Object.assign(this.marked, marked);
    this.#request();
  }

  /** Looks from elsewhere. @param {import('./camera.js').Camera} camera */
  look(camera) {
    this.isFitted = false;
    this.#turn(camera);
  }

  #turn(camera) {
    this.camera = camera;
    this.#movedAt = performance.now();
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#rested(), restsAfter);
    this.#request();
  }

  /** Shows all nodes whose mask is not 0, and keeps doing so when the size changes, until somebody moves. */
  fit(mask = null) {
    const { width, height } = this.#size;
    this.isFitted = true;
    this.#fitMask = mask;
    if (this.scene && width) this.#turn(fitting(boundsOf(this.scene.graph, mask), width, height, this.listeners.covered?.()));
  }

  /** Zooms about the middle. */
  zoom(factor) {
    const { width, height } = this.#size;
    this.look(zoomedAt(this.camera, factor, width / 2, height / 2, width, height));
  }

  /** Brings a node into view, and near enough that it can be told from its neighbours. */
  reveal(node, leastZoom = 0) {
    const graph = this.scene?.graph;
    if (!graph || Number.isNaN(graph.x[node])) return;
    const { width, height } = this.#size;
    const [px, py] = toView(this.camera, graph.x[node], graph.y[node], width, height);
    const isSeen = px > 40 && py > 40 && px < width - 40 && py < height - 40;
    if (isSeen && this.camera.z >= leastZoom) return;
    this.look({ x: graph.x[node], y: graph.y[node], z: Math.max(this.camera.z, leastZoom) });
  }

  /** Where a node is in the canvas, in CSS pixels. @returns {[number, number]} */
  placeOf(node) {
    const { width, height } = this.#size;
    return toView(this.camera, this.scene.graph.x[node], this.scene.graph.y[node], width, height);
  }

  /** What is under a point of the canvas: a node, else a wire; -1 where nothing. */
  at(px, py, isTouch = false) {
    const { width, height } = this.#size;
    if (!this.scene) return { node: -1, wire: -1 };
    const [x, y] = toPlane(this.camera, px, py, width, height);
    const node = nodeAt(this.scene, x, y, Math.max(0.5, (isTouch ? 22 : 9) / this.camera.z));
    const wire = node >= 0 ? -1 : wireAt(this.scene, x, y, (isTouch ? 16 : 5) / this.camera.z);
    return { node, wire };
  }

  /** Ends all listening. */
  dispose() {
    this.#stopGestures();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
  }

  #moves() {
    const zoomed = (factor, x, y) => zoomedAt(this.camera, factor, x, y, this.#size.width, this.#size.height);
    return {
      pan: (dx, dy) => this.look(movedBy(this.camera, dx, dy)),
      zoom: (factor, x, y) => this.look(zoomed(factor, x, y)),
    };
  }

  #taps() {
    return {
      tap: (x, y, isTouch) => {
        const { node, wire } = this.at(x, y, isTouch);
        this.listeners.choose?.(node, wire);
      },
      open: (x, y) => {
        const { node } = this.at(x, y);
        if (node >= 0) this.listeners.open?.(node);
      },
      hover: (x, y, isInside) => this.#hover(x, y, isInside),
    };
  }

  #hover(x, y, isInside) {
    const { node, wire } = isInside ? this.at(x, y) : { node: -1, wire: -1 };
    this.canvas.classList.toggle('topo-canvas-hit', node >= 0 || wire >= 0);
    this.listeners.hover?.(node, wire, x, y);
    if (node === this.marked.hoverNode && wire === this.marked.hoverWire) return;
    this.mark({ hoverNode: node, hoverWire: wire });
  }

  #resize() {
    const { canvas } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const before = this.#size;
    if (width === before.width && height === before.height && ratio === before.ratio) return;
    this.#size = { width, height, ratio };
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    if (ratio !== before.ratio) this.#renew();
    if (this.isFitted && width) this.fit(this.#fitMask?.length === this.scene?.graph.count ? this.#fitMask : null);
    // Setting the size has cleared the canvas; it is drawn at once, lest it blink.
    this.#draw();
  }

  #rested() {
    if (this.sheet && this.sheet.scale !== this.#scale()) this.#renew();
    this.listeners.rest?.(this.camera, this.isFitted);
  }

  #renew() {
    if (!this.scene || !this.#size.width) {
      this.sheet = null;
      return;
    }
    if (this.sheet?.tiles.size) this.under = this.sheet;
    this.sheet = new TileSheet(this.scene, this.#scale(), this.#size.ratio);
    this.#request();
  }

  #scale() {
    return this.camera.z * this.#size.ratio;
  }

  #request() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.scene || !this.#size.width) return;
    if (!this.sheet) this.#renew();
    this.#frameNumber++;
    const isWhole = this.#drawMissing();
    this.#compose();
    paintOverlay(this.context, this.scene, this.#frameOfView(), this.marked);
    if (!isWhole) this.#request();
  }

  #frameOfView() {
    const scale = this.#scale();
    const { canvas, camera } = this;
    const [left, top] = [camera.x - canvas.width / 2 / scale, camera.y - canvas.height / 2 / scale];
    return { left, top, scale, ratio: this.#size.ratio, z: camera.z, width: canvas.width, height: canvas.height };
  }

  /** Draws missing tiles, those in the middle first, then a border around the view; whether all are there. */
  #drawMissing() {
    if (this.sheet.scale !== this.#scale()) return true;
    const { seen, near } = this.#wanted();
    const isMoving = performance.now() - this.#movedAt < restsAfter;
    const until = isMoving ? this.#pauseUntil : performance.now() + stillBudget;
    const most = (seen.length + near.length) * 2;
    const mayDraw = () => (isMoving ? this.#pauseUntil === until && performance.now() >= until : performance.now() < until);
    const drawSome = tiles => {
      while (tiles.length && mayDraw()) this.#drawTile(tiles.shift(), most);
      return tiles.length === 0;
    };
    const missing = tiles => tiles.filter(([column, row]) => !this.sheet.at(column, row));
    if (!drawSome(missing(seen))) return false;
    this.under = null;
    return drawSome(missing(near));
  }

  #drawTile([column, row], most) {
    const startedAt = performance.now();
    const { canvas } = this.sheet.draw(column, row, this.sheet.spare(most));
    // A canvas is rasterised when it is first read: read it now, so that the time is known.
    this.context.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
    const now = performance.now();
    this.#pauseUntil = now + Math.min(longestPause, now - startedAt);
  }

  /**
   * Tiles of the view, and those around it, as [column, row]; the middle first. @returns {{seen: [number, number][], near: [number,
   * number][]}}
   */
  #wanted() {
    const { x, y } = this.#origin(this.sheet);
    const { canvas } = this;
    const [first, last] = [Math.floor(-x / tileSide), Math.floor((canvas.width - x - 1) / tileSide)];
    const [top, bottom] = [Math.floor(-y / tileSide), Math.floor((canvas.height - y - 1) / tileSide)];
    const [seen, near] = [[], []];
    for (let row = top - 1; row <= bottom + 1; row++) {
      for (let column = first - 1; column <= last + 1; column++) {
        const isSeen = row >= top && row <= bottom && column >= first && column <= last;
        (isSeen ? seen : near).push([column, row]);
      }
    }
    const [middleX, middleY] = [(first + last) / 2, (top + bottom) / 2];
    const fromMiddle = ([column, row]) => Math.hypot(column - middleX, row - middleY);
    for (const tiles of [seen, near]) tiles.sort((a, b) => fromMiddle(a) - fromMiddle(b));
    return { seen, near };
  }

  /** Where the plane's origin lies in the canvas, in device pixels; whole ones where a sheet is not stretched. */
  #origin(sheet) {
    const scale = this.#scale();
    const x = this.canvas.width / 2 - this.camera.x * scale;
    const y = this.canvas.height / 2 - this.camera.y * scale;
    return sheet.scale === scale ? { x: Math.round(x), y: Math.round(y) } : { x, y };
  }

  #compose() {
    const { context, canvas, scene } = this;
    context.globalAlpha = 1;
    context.fillStyle = scene.inks.surface;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const sheet of [this.under, this.sheet]) if (sheet) this.#copy(sheet);
  }

  #copy(sheet) {
    const { context, canvas } = this;
    const { x, y } = this.#origin(sheet);
    const side = (tileSide * this.#scale()) / sheet.scale;
    for (const tile of sheet.tiles.values()) {
      const [left, top] = [x + tile.column * side, y + tile.row * side];
      if (left > canvas.width || top > canvas.height || left + side < 0 || top + side < 0) continue;
      tile.usedAt = this.#frameNumber;
      if (side === tileSide) context.drawImage(tile.canvas, left, top);
      else context.drawImage(tile.canvas, left, top, side, side);
    }
  }
}
