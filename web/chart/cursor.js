/** The cursor: a line, a dot on each series and what is read there. Made of elements, so that moving it redraws no chart. */

import { html, render } from '../core/html.js';
import { marksText } from './points.js';
import { valueText } from './units.js';
import { dayText, hourText, momentText } from './zone.js';

/** What a row says, for people who hear it: 'Mon 23 Nov 14:05. In 412 Mbit/s, usual 300 Mbit/s to 500 Mbit/s; Out …'. */
export function spokenRow(row, points, { unit, zone }) {
  const said = readings(row, points).filter(({ isFaint }) => !isFaint).map(({ title, value, low, high }) => {
    const usual = low === undefined || low === null ? '' : `, usual ${valueText(low, unit)} to ${valueText(high, unit)}`;
    return `${title} ${value === null ? 'no value' : valueText(value, unit)}${usual}`;
  });
  const remarks = marksText(row.marks);
  return `${momentText(row.at, zone)}. ${said.join('; ')}.${remarks ? ` ${remarks}.` : ''}`;
}

/** What stands beside the cursor. */
function readout(row, points, options) {
  const end = row.at + options.step;
  const remarks = marksText(row.marks);
  return html`
    <p class="chart-when">${dayText(row.at, options.zone)} ${hourText(row.at, options.zone)}–${hourText(end, options.zone)}</p>
    <dl>${readings(row, points).map(({ title, look, value, low, high, colour }) => html`
      <div class=${look}>
        <dt><span class="chart-swatch ${look}" .style=${{ '--swatch': `var(${colour})` }}></span>${title}</dt>
        <dd>${valueText(value, options.unit)}</dd>
        ${low === undefined ? null : html`<dd class="chart-usual">usual ${rangeText(low, high, options.unit)}</dd>`}
      </div>`)}</dl>
    ${remarks ? html`<p class="chart-remark">${remarks}</p>` : null}`;
}

function rangeText(low, high, unit) {
  return low === null ? 'not known' : `${valueText(low, unit)} – ${valueText(high, unit)}`;
}

/** Series of a row, each side's band beside the first of it: low and high are undefined where there is none. */
function readings(row, { columns }) {
  const isBound = (side, key) => (column) => column.kind === 'band' && column.side === side && column.key === key;
  const boundOf = (side, key) => row.values[columns.findIndex(isBound(side, key))];
  const seen = new Set();
  return columns.flatMap(({ title, kind, side, source }, index) => {
    if (kind === 'band') return [];
    const isFirst = kind === 'value' && !seen.has(side);
    seen.add(side);
    const colour = source.colour ?? (side === 'out' ? '--out' : '--in');
    const look = kind === 'compare' ? 'compare' : source.faint ? 'faint' : 'line';
    const range = isFirst ? { low: boundOf(side, 'low'), high: boundOf(side, 'high') } : {};
    return [{ title, look, isFaint: Boolean(source.faint), value: row.values[index], colour, ...range }];
  });
}

/**
 * The elements of a cursor in `stage`.
 * @param {HTMLElement} stage  positioned element that holds them
 * @returns {{show(row: object, points: object, view: object): void, hide(): void,
 *   select(from: number, to: number, view: object): void, hideSelection(): void}}
 */
export function cursorIn(stage) {
  const line = element(stage, 'chart-cursor');
  const box = element(stage, 'chart-readout');
  const selection = element(stage, 'chart-selection');
  const dots = element(stage, 'chart-dots');
  const hideSelection = () => { selection.hidden = true; };
  return {
    show(row, points, view) {
      const x = view.x(row.at + view.step / 2);
      placeLine(line, x, view.plot);
      render(html`${dotsOf(row, points, view, x)}`, dots);
      dots.hidden = false;
      render(readout(row, points, view), box);
      placeBox(box, x, view);
    },
    select(from, to, view) {
      const [left, right] = [view.x(Math.min(from, to)), view.x(Math.max(from, to))];
      selection.hidden = false;
      place(selection, left, view.plot.top, right - left, view.plot.height);
    },
    hideSelection,
    hide() {
      hideSelection();
      for (const part of [line, box, dots]) part.hidden = true;
    },
  };
}

function element(stage, className) {
  const made = document.createElement('div');
  made.className = className;
  made.hidden = true;
  made.setAttribute('aria-hidden', 'true');
  stage.append(made);
  return made;
}

function dotsOf(row, { columns }, view, x) {
  return columns.map(({ kind, side, source }, index) => {
    const value = row.values[index];
    if (kind !== 'value' || value === null || source.faint) return null;
    const style = { '--swatch': `var(${source.colour ?? (side === 'out' ? '--out' : '--in')})`, left: `${x}px`,
      top: `${view.y(value, side)}px` };
    return html`<span class="chart-dot" .style=${style}></span>`;
  });
}

function placeLine(line, x, { top, height }) {
  line.hidden = false;
  place(line, Math.round(x), top, 1, height);
}

/** Beside the cursor, on the side that has more room. */
function placeBox(box, x, { size, plot }) {
  box.hidden = false;
  const isRight = x < plot.left + plot.width / 2;
  box.style.setProperty('left', isRight ? `${x + 12}px` : 'auto');
  box.style.setProperty('right', isRight ? 'auto' : `${size.width - x + 12}px`);
  box.style.setProperty('top', `${plot.top}px`);
}

function place(part, left, top, width, height) {
  const style = { left, top, width, height };
  for (const [name, pixels] of Object.entries(style)) part.style.setProperty(name, `${pixels}px`);
}
