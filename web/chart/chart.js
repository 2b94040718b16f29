/** A chart of values over time, on a canvas of its own, with a cursor, a table and a file. */

import { cursorIn, spokenRow } from './cursor.js';
import { saveChart } from './data.js';
import { draw } from './draw.js';
import { buildFrame, renderData, renderHead } from './frame.js';
import { followKeys, followPointer } from './gestures.js';
import { markAt } from './marks.js';
import { complete } from './options.js';
import { onThemeChange, paletteOf } from './palette.js';
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
  const chart = new TimeChart(element, options);
  return {
    update: (next) => chart.update(next),
    showAt: (time) => chart.showAt(time),
    dispose: () => chart.dispose(),
  };
}

class TimeChart {
  constructor(element, options) {
    this.frame = buildFrame(element);
    this.cursor = cursorIn(this.frame.stage);
    this.row = -1;
    this.anchor = -1;
    this.page = 0;
    this.frameRequest = 0;
    this.view = null;
    this.update(options);
    const resize = new ResizeObserver(() => this.requestDrawing());
    resize.observe(this.frame.stage);
    const { stage } = this.frame;
    this.endings = [
      () => resize.disconnect(), onThemeChange(() => this.forgetColours()),
      followPointer(stage, this.pointerWishes()), followKeys(stage, () => this.pageOfPoints(), this.keyWishes()),
      listenTo(stage, 'blur', () => this.leave()),
    ];
  }

  update(options) {
    const readTime = this.rowNow()?.at;
    this.options = complete(options);
    this.points = null;
    this.isTableOpen = this.options.tableOpen;
    renderHead(this.frame, this.options);
    this.renderTable();
    this.row = readTime === undefined ? -1 : rowAt(this.readPoints().rows, readTime);
    this.requestDrawing();
  }

  dispose() {
    cancelAnimationFrame(this.frameRequest);
    clearTimeout(this.announcement);
    for (const end of this.endings) end();
    this.frame.figure.remove();
  }

  /** What can be read, made when it is first asked for or when there is time: the drawing needs none of it. */
  readPoints() {
    this.points ??= pointsOf(this.options);
    return this.points;
  }

  rowNow() {
    return this.row < 0 ? undefined : this.points?.rows[this.row];
  }

  // Drawing

  requestDrawing() {
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.drawNow();
    });
  }

  drawNow() {
    const { stage, canvas, figure } = this.frame;
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    if (size.width === 0 || size.height === 0) return;
    this.palette ??= paletteOf(figure);
    this.view = viewOf(this.options, size);
    draw(canvas, this.view, this.palette);
    this.showCursor();
    whenIdle(() => this.readPoints());
  }

  forgetColours() {
    this.palette = null;
    this.requestDrawing();
  }

  // The cursor

  showCursor() {
    if (!this.view) return;
    const row = this.rowNow() ?? this.heldRow();
    if (row) this.cursor.show(row, this.readPoints(), this.view);
    else this.cursor.hide();
  }

  heldRow() {
    const { at, from, to } = this.options;
    if (at === null || at < from || at >= to) return undefined;
    const { rows } = this.readPoints();
    return rows[rowAt(rows, at)];
  }

  /** Shows the point at a time without telling anybody: for charts that go together. */
  showAt(time) {
    this.row = time === null ? -1 : rowAt(this.readPoints().rows, time);
    this.showCursor();
  }

  readAt(time) {
    const row = rowAt(this.readPoints().rows, time);
    if (row === this.row) return;
    this.row = row;
    this.showCursor();
    this.options.onCursor?.(this.rowNow()?.at ?? null);
  }

  leave() {
    this.row = -1;
    this.anchor = -1;
    this.cursor.hideSelection();
    this.showCursor();
    this.options.onCursor?.(null);
  }

  announce() {
    clearTimeout(this.announcement);
    this.announcement = setTimeout(() => {
      const row = this.rowNow();
      this.frame.told.textContent = row ? spokenRow(row, this.readPoints(), this.options) : '';
    }, announceAfter);
  }

  // Pointer

  pointerWishes() {
    return {
      view: () => this.view,
      read: (time) => this.readAt(time),
      leave: () => this.leave(),
      reset: () => this.options.onReset?.(),
      select: (from, to) => { this.readAt(to); this.cursor.select(from, to, this.view); },
      zoom: (from, to) => this.zoom(from, to),
      press: (x, y) => this.press(x, y),
    };
  }

  press(x, y) {
    const mark = markAt(this.view, x, y);
    if (mark) this.options.onMark?.(mark);
    else this.pick();
  }

  /** Holds the point that is read, or lets go of it where it is held already. */
  pick() {
    const at = this.rowNow()?.at ?? null;
    this.options.onPick?.(at === this.options.at ? null : at);
  }

  /** A span narrower than two points shows nothing: it is not gone into. */
  zoom(from, to) {
    this.anchor = -1;
    this.cursor.hideSelection();
    if (to - from >= this.options.step * 2) this.options.onZoom?.(from, to);
  }

  // Keys

  pageOfPoints() {
    return Math.max(2, Math.round(this.readPoints().rows.length / 12));
  }

  keyWishes() {
    const last = () => this.readPoints().rows.length - 1;
    return {
      step: (points, isExtending) => this.goTo(this.row < 0 ? this.startRow() : this.row + points, isExtending),
      first: (isExtending) => this.goTo(0, isExtending),
      last: (isExtending) => this.goTo(last(), isExtending),
      enter: () => this.enter(),
      hold: () => this.pick(),
      escape: () => this.escape(),
    };
  }

  startRow() {
    const { rows } = this.readPoints();
    return this.options.at === null ? rows.length - 1 : rowAt(rows, this.options.at);
  }

  goTo(row, isExtending) {
    const { rows } = this.readPoints();
    if (rows.length === 0) return;
    if (isExtending && this.anchor < 0) this.anchor = Math.max(0, this.row);
    if (!isExtending) this.anchor = -1;
    this.readAt(rows[Math.min(rows.length - 1, Math.max(0, row))].at);
    this.showKeySelection();
    this.announce();
  }

  showKeySelection() {
    const span = this.keySpan();
    if (span && this.view) this.cursor.select(...span, this.view);
    else this.cursor.hideSelection();
  }

  keySpan() {
    const { rows } = this.readPoints();
    if (this.anchor < 0 || this.row < 0 || !rows[this.anchor]) return null;
    const [first, last] = [this.anchor, this.row].sort((a, b) => a - b);
    return /** @type {[number, number]} */ ([rows[first].at, rows[last].at + this.options.step]);
  }

  enter() {
    const span = this.keySpan();
    if (span) return this.zoom(...span);
    const mark = this.rowNow()?.marks.find(({ href }) => href);
    if (mark) this.options.onMark?.(mark);
    return undefined;
  }

  /** Goes back one step: the cursor, the held point, the range. */
  escape() {
    if (this.row >= 0 || this.anchor >= 0) this.leave();
    else if (this.options.at !== null && this.options.onPick) this.options.onPick(null);
    else if (this.options.onReset) this.options.onReset();
    else return false;
    return true;
  }

  // Table and file

  renderTable() {
    renderData(this.frame.data, this.options, {
      isOpen: this.isTableOpen,
      points: () => this.readPoints(),
      page: this.page,
      turn: (page) => { this.page = page; this.renderTable(); },
      toggle: () => this.toggleTable(),
      save: () => saveChart(this.readPoints(), this.options),
    });
  }

  toggleTable() {
    this.isTableOpen = !this.isTableOpen;
    this.renderTable();
    this.options.onTable?.(this.isTableOpen);
  }
}

function whenIdle(task) {
  if (globalThis.requestIdleCallback) requestIdleCallback(task);
  else setTimeout(task, 50);
}

function listenTo(target, type, listener) {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
