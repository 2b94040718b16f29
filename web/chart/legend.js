/** What lines, bands and hatchings of a chart mean, with mean and highest of each series. */

import { html } from '../core/html.js';
import { hatchings } from './marks.js';
import { figuresOf } from './points.js';
import { valueText } from './units.js';

/** The legend of completed options. */
export function legend(options) {
  return html`<ul class="chart-legend">
    ${options.series.map((series) => seriesEntry(series, options))}
    ${options.bands.length > 0 ? entry('band', null, 'usual range, by the hour') : null}
    ${options.bands.length > 0 ? entry('middle', null, 'expected') : null}
    ${options.compare.length > 0 ? entry('compare', '--muted', options.compare[0].legend ?? 'compared') : null}
    ${hatchingsIn(options.marks).map((kind) => entry(`hatch ${kind}`, null, hatchings[kind].title))}
    ${options.marks.some(({ kind }) => kind === 'anomaly') ? entry('anomaly', null, 'anomaly') : null}
    ${options.marks.some(({ kind }) => kind === 'alert') ? entry('alert', null, 'alert') : null}
  </ul>`;
}

function seriesEntry(series, options) {
  const { mean, highest } = figuresOf(series, options);
  const colour = series.colour ?? (series.side === 'out' ? '--out' : '--in');
  const figures = series.faint ? null : html`<span class="chart-figures">
    mean ${valueText(mean, options.unit)} · highest ${valueText(highest, options.unit)}</span>`;
  return entry(series.faint ? 'faint' : series.dash ? 'dashed' : 'line', colour, series.title, figures);
}

function entry(kind, colour, title, more = null) {
  return html`<li><span class="chart-swatch ${kind}" aria-hidden="true" .style=${colour ? { '--swatch': `var(${colour})` } : {}}></span>
    ${title} ${more}</li>`;
}

function hatchingsIn(marks) {
  return Object.keys(hatchings).filter((kind) => marks.some((mark) => mark.kind === kind));
}
