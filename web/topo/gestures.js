/** Pointer, wheel and pinch on the map, as what they mean. */

/**
 * @typedef {object} Meanings
 * @property {(dx: number, dy: number) => void} [pan] by CSS pixels
 * @property {(factor: number, x: number, y: number) => void} [zoom] about a point of the element
 * @property {(x: number, y: number, isTouch: boolean) => void} tap
 * @property {(x: number, y: number) => void} open two taps at one place
 * @property {(x: number, y: number, isInside: boolean) => void} hover
 */

/** How far a finger may stray in a tap, in CSS pixels. */
const tapSlack = 6;
const wheelRate = 0.0016;
const pixelsOfLine = 33;

/** Listens on an element. @param {HTMLElement} element @param {Meanings} meanings @returns {() => void} stops it */
export function listenToGestures(element, meanings) {
  const hand = new Hand(element, meanings);
  const stop = new AbortController();
  const on = (type, run, options = {}) => element.addEventListener(type, run, { signal: stop.signal, ...options });
  on('pointerdown', event => hand.down(event));
  on('pointermove', event => hand.move(event));
  on('pointerup', event => hand.up(event));
  on('pointercancel', event => hand.cancel(event));
  on('pointerleave', () => meanings.hover(0, 0, false));
  if (meanings.zoom) on('wheel', event => hand.wheel(event), { passive: false });
  on('dblclick', event => meanings.open(...hand.placeOf(event)));
  return () => stop.abort();
}

/** The pointers that are down, and whether they wander. */
class Hand {
  constructor(element, meanings) {
    this.element = element;
    this.meanings = meanings;
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    this.wandered = 0;
  }

  placeOf(event) {
    const box = this.element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  down(event) {
    if (event.button > 0) return;
    if (this.pointers.size === 0) this.wandered = 0;
    const [x, y] = this.placeOf(event);
    this.pointers.set(event.pointerId, { x, y });
    this.element.setPointerCapture(event.pointerId);
  }

  move(event) {
    const [x, y] = this.placeOf(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse') this.meanings.hover(x, y, true);
      return;
    }
    const [dx, dy] = [x - before.x, y - before.y];
    this.wandered += Math.abs(dx) + Math.abs(dy);
    const spread = this.#spread();
    this.pointers.set(event.pointerId, { x, y });
    if (this.wandered <= tapSlack) return;
    if (this.pointers.size === 1) this.meanings.pan?.(dx, dy);
    else this.#pinch(spread, dx, dy);
  }

  up(event) {
    const place = this.pointers.get(event.pointerId);
    this.cancel(event);
    const isTap = place && this.pointers.size === 0 && this.wandered <= tapSlack;
    if (isTap) this.meanings.tap(place.x, place.y, event.pointerType !== 'mouse');
  }

  cancel(event) {
    this.pointers.delete(event.pointerId);
  }

  wheel(event) {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * pixelsOfLine : event.deltaY;
    this.meanings.zoom(Math.exp(-Math.max(-300, Math.min(300, pixels)) * wheelRate), ...this.placeOf(event));
  }

  // Two fingers: what lies between them stays between them.
  #pinch(before, dx, dy) {
    const now = this.#spread();
    this.meanings.pan?.(dx / this.pointers.size, dy / this.pointers.size);
    if (before.length > 1) this.meanings.zoom?.(now.length / before.length, now.x, now.y);
  }

  #spread() {
    const [one, other = one] = [...this.pointers.values()];
    const length = Math.hypot(one.x - other.x, one.y - other.y);
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, length };
  }
}
