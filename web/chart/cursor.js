/** The cursor: a line, a dot on each series and what is read there. Made of elements, so that moving it redraws no chart. */
import { html, render } from '../core/html.js';
import { dayText, hourText, momentText } from '../core/zone.js';
import { colourName } from './palette.js';
import { marksText } from './points.js';
import { valueText } from './units.js';

/** What a row says, for people who hear it: 'Mon 23 Nov 14:05. In 412 Mbit/s, usual 300 Mbit/s to 500 Mbit/s; Out …'. */
export function spokenRow(row, points, { unit, zone }) {
  const said = readings(row, points).filter(({ look }) => look !== 'faint').map(({ title, value, low, high }) => {
    const usual = low == null ? '' : `, usual ${valueText(low, unit)} to ${valueText(high, unit)}`;
    return `${title} ${value === null ? 'no value' : valueText(value, unit)}${usual}`;
  });
  const remarks = marksText(row.marks);
  return `${momentText(row.at, zone)}. ${said.join('; ')}.${remarks && ` ${remarks}.`}`;
}

/** Shows a row of points in `overlay`, and the `span` [from, to] that is chosen; each may be null. */
export function showCursor(overlay, view, points, row, span) {
  const { plot } = view;
  const box = (left, width) => pixels({ left, top: plot.top, width, height: plot.height });
  const [begin, end] = (span ?? []).map(view.x).sort((a, b) => a - b);
  const x = row && view.x(row.at + view.step / 2);
  render(html`${span && html`<div class="chart-selection" .style=${box(begin, end - begin)}></div>`}
    ${row && html`<div class="chart-cursor" .style=${box(Math.round(x), 1)}></div>
      ${readings(row, points).map(reading => dot(reading, view, x))}
      <div class="chart-readout" .style=${besides(x, view)}>${readout(row, points, view)}</div>`}`, overlay);
}

/** What stands beside the cursor. */
function readout(row, points, { step, unit, zone }) {
  const remarks = marksText(row.marks);
  return html`<p class="chart-when">${dayText(row.at, zone)} ${hourText(row.at, zone)}–${hourText(row.at + step, zone)}</p>
    <dl>${readings(row, points).map(({ title, look, value, low, high, colour }) => html`<div class=${look}>
      <dt><span class="chart-swatch ${look}" .style=${{ '--swatch': colour }}></span>${title}</dt><dd>${valueText(value, unit)}</dd>
      ${low === undefined ? null : html`<dd class="chart-usual">usual ${low === null ? 'not known'
        : `${valueText(low, unit)} – ${valueText(high, unit)}`}</dd>`}</div>`)}</dl>
    ${remarks && html`<p class="chart-remark">${remarks}</p>`}`;
}

/** Series of a row, each side's band beside the first of it: low and high are undefined where there is none. */
function readings({ values }, { columns }) {
  const bandOf = (side, key) => values[columns.findIndex(one => one.kind === 'band' && one.side === side && one.key === key)];
  const seen = new Set();
  return columns.flatMap(({ title, kind, side, source }, index) => {
    if (kind === 'band') return [];
    const isFirst = kind === 'value' && !seen.has(side);
    seen.add(side);
    const look = kind === 'compare' ? kind : source.faint ? 'faint' : 'line';
    const range = isFirst ? { low: bandOf(side, 'low'), high: bandOf(side, 'high') } : {};
    return [{ title, look, side, value: values[index], colour: `var(${colourName(source)})`, ...range }];
  });
}

function dot({ look, value, side, colour }, view, left) {
  if (look !== 'line' || value === null) return null;
  return html`<span class="chart-dot" .style=${{ '--swatch': colour, ...pixels({ left, top: view.y(value, side) }) }}></span>`;
}

/** Beside the cursor, on the side that has more room. */
function besides(x, { size, plot }) {
  return pixels({ ...(x < plot.left + plot.width / 2 ? { left: x + 12 } : { right: size.width - x + 12 }), top: plot.top });
}

function pixels(style) {
  return Object.fromEntries(Object.entries(style).map(([name, value]) => [name, `${value}px`]));
}
