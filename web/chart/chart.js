/** A chart of values over time, on a canvas of its own, with a cursor, a table and a file. */
import { onThemeChange } from '../core/canvas.js';
import { endAll, listen } from '../core/listen.js';
import { showCursor, spokenRow } from './cursor.js';
import { saveChart } from './data.js';
import { draw } from './draw.js';
import { buildFrame, renderData, renderHead } from './frame.js';
import { followKeys, followPointer } from './gestures.js';
import { markAt } from './marks.js';
import { complete } from './options.js';
import { paletteOf } from './palette.js';
import { pointsOf, rowAt } from './points.js';
import { viewOf } from './view.js';

/** Keys held down move the cursor many times a second: what is announced waits until it rests. */
const announceAfter = 250;

/**
 * Draws a chart into `element`, and keeps it drawn at any size and in any theme.
 * @param {HTMLElement} element
 * @param {import('./options.js').ChartOptions} options
 * @returns {{update(options: import('./options.js').ChartOptions): void, showAt(time: number | null): void, dispose(): void}}
 */
export function timeChart(element, options) {
  return new TimeChart(element, options);
}

class TimeChart {
  #frame;
  #options;
  #view = null;
  #palette = null;
  /** What can be read, made when it is first asked for or when there is time: the drawing needs none of it. */
  #points = null;
  #row = -1;
  /** The row where a span chosen by keys begins. */
  #anchor = -1;
  #span = null;
  #isTableOpen = false;
  #page = 1;
  #frameRequest = 0;
  #announcement = 0;
  #end;

  constructor(element, options) {
    this.#frame = buildFrame(element);
    this.update(options);
    const { stage } = this.#frame;
    const resize = new ResizeObserver(() => this.#redraw());
    resize.observe(stage);
    this.#end = endAll(
      () => resize.disconnect(),
      onThemeChange(() => this.#recolour()),
      followPointer(stage, this),
      followKeys(stage, () => Math.max(2, Math.round(this.#rows.length / 12)), this),
      listen(stage, { blur: () => this.leave() }),
    );
  }

  update(options) {
    const readTime = this.#now()?.at ?? null;
    this.#options = complete(options);
    this.#points = null;
    this.#isTableOpen = this.#options.tableOpen;
    renderHead(this.#frame, this.#options);
    this.#renderTable();
    this.#row = readTime === null ? -1 : rowAt(this.#rows, readTime);
    this.#redraw();
  }

  dispose() {
    cancelAnimationFrame(this.#frameRequest);
    clearTimeout(this.#announcement);
    this.#end();
    this.#frame.figure.remove();
  }

  #read() {
    return (this.#points ??= pointsOf(this.#options));
  }

  get #rows() {
    return this.#read().rows;
  }

  #now() {
    return this.#row < 0 ? undefined : this.#rows[this.#row];
  }

  // Drawing

  #redraw() {
    this.#frameRequest ||= requestAnimationFrame(() => {
      this.#frameRequest = 0;
      this.#draw();
    });
  }

  #recolour() {
    this.#palette = null;
    this.#redraw();
  }

  #draw() {
    const { stage, canvas, figure } = this.#frame;
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    if (!size.width || !size.height) return;
    this.#palette ??= paletteOf(figure);
    this.#view = viewOf(this.#options, size);
    draw(canvas, this.#view, this.#palette);
    this.#showCursor();
    globalThis.requestIdleCallback?.(() => this.#read());
  }

  // The cursor

  #showCursor() {
    const row = this.#now() ?? this.#held();
    if (this.#view) showCursor(this.#frame.overlay, this.#view, row && this.#read(), row, this.#span);
  }

  #held() {
    const { at, from, to } = this.#options;
    return at !== null && at >= from && at < to ? this.#rows[rowAt(this.#rows, at)] : null;
  }

  /** Shows the point at a time without telling anybody: for charts that go together. */
  showAt(time) {
    this.#row = time === null ? -1 : rowAt(this.#rows, time);
    this.#showCursor();
  }

  #tell() {
    this.#options.onCursor?.(this.#now()?.at ?? null);
  }

  // Pointer: the wishes of gestures.js

  view() {
    return this.#view;
  }

  read(time) {
    const row = this.#row;
    this.showAt(time);
    if (row !== this.#row) this.#tell();
  }

  leave() {
    this.#row = this.#anchor = -1;
    this.#span = null;
    this.#showCursor();
    this.#tell();
  }

  reset() {
    this.#options.onReset?.();
  }

  select(from, to) {
    this.#span = [from, to];
    this.read(to);
  }

  /** A span narrower than two points shows nothing: it is not gone into. */
  zoom(from, to) {
    this.#anchor = -1;
    this.#span = null;
    this.#showCursor();
    if (to - from >= this.#options.step * 2) this.#options.onZoom?.(from, to);
  }

  press(x, y) {
    const mark = markAt(this.#view, x, y);
    if (mark) this.#options.onMark?.(mark);
    else this.hold();
  }

  /** Holds the point that is read, or lets go of it where it is held already. */
  hold() {
    const at = this.#now()?.at ?? null;
    this.#options.onPick?.(at === this.#options.at ? null : at);
  }

  // Keys

  step(points, isExtending) {
    const { at } = this.#options;
    const start = at === null ? this.#rows.length - 1 : rowAt(this.#rows, at);
    this.#goTo(this.#row < 0 ? start : this.#row + points, isExtending);
  }

  first(isExtending) {
    this.#goTo(0, isExtending);
  }

  last(isExtending) {
    this.#goTo(this.#rows.length - 1, isExtending);
  }

  #goTo(row, isExtending) {
    const rows = this.#rows;
    if (rows.length === 0) return;
    if (!isExtending) this.#anchor = -1;
    else if (this.#anchor < 0) this.#anchor = Math.max(0, this.#row);
    const next = Math.min(rows.length - 1, Math.max(0, row));
    const [first, last] = [this.#anchor, next].sort((a, b) => a - b);
    this.#span = isExtending ? [rows[first].at, rows[last].at + this.#options.step] : null;
    this.read(rows[next].at);
    this.#announce();
  }

  #announce() {
    clearTimeout(this.#announcement);
    this.#announcement = window.setTimeout(() => {
      const row = this.#now();
      this.#frame.told.textContent = row ? spokenRow(row, this.#read(), this.#options) : '';
    }, announceAfter);
  }

  enter() {
    const mark = this.#now()?.marks.find(({ href }) => href);
    if (this.#span) this.zoom(...this.#span);
    else if (mark) this.#options.onMark?.(mark);
  }

  /** Goes back one step: the cursor, the held point, the range. */
  escape() {
    const { at, onPick, onReset } = this.#options;
    if (this.#row >= 0) this.leave();
    else if (at !== null && onPick) onPick(null);
    else if (onReset) onReset();
    else return false;
    return true;
  }

  // Table and file

  #renderTable() {
    renderData(this.#frame.data, this.#options, {
      isOpen: this.#isTableOpen,
      points: () => this.#read(),
      page: this.#page,
      turn: page => {
        this.#page = page;
        this.#renderTable();
      },
      toggle: () => {
        this.#isTableOpen = !this.#isTableOpen;
        this.#renderTable();
        this.#options.onTable?.(this.#isTableOpen);
      },
      save: () => saveChart(this.#read(), this.#options),
    });
  }
}
