/** What lines, bands and hatchings of a chart mean, with mean and highest of each series. */
import { html } from '../core/html.js';
import { hatchings } from './marks.js';
import { colourName } from './palette.js';
import { figuresOf } from './points.js';
import { valueText } from './units.js';

/** The legend of completed options. */
export function legend(options) {
  const { series, bands, compare, marks } = options;
  const has = kind => marks.some(mark => mark.kind === kind);
  return html`<ul class="chart-legend">${series.map(one => seriesEntry(one, options))}
    ${bands.length > 0 && [entry('band', 'usual range, by the hour'), entry('middle', 'expected')]}
    ${compare.length > 0 && entry('compare', compare[0].legend ?? 'compared')}
    ${Object.keys(hatchings).filter(has).map(kind => entry(`hatch ${kind}`, hatchings[kind].title))}
    ${['anomaly', 'alert'].filter(has).map(kind => entry(kind, kind))}</ul>`;
}

function seriesEntry(series, options) {
  const { mean, highest } = figuresOf(series, options);
  return entry(series.faint ? 'faint' : series.dash ? 'dashed' : 'line', series.title, colourName(series),
    series.faint ? null : html`<span class="chart-figures">mean ${valueText(mean, options.unit)} · highest ${valueText(highest,
      options.unit)}</span>`);
}

function entry(kind, title, colour = '--muted', figures = null) {
  return html`<li><span class="chart-swatch ${kind}" aria-hidden="true" .style=${{ '--swatch': `var(${colour})` }}></span> ${title}
    ${figures}</li>`;
}
