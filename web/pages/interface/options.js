/** The options of each chart of the page, from what was loaded. Values in, values out. */

import { alertMarks, anomalyMarks, provenanceMarks } from './marks.js';
import { bandsOf, columnsOf, highestSeries, packetRates, spanOf, stepText, twoSeries, weekBefore } from './series.js';

/**
 * @typedef {object} Loaded
 * @property {string} name  of the interface, for titles and files
 * @property {object} metrics
 * @property {object | null} expected
 * @property {object | null} before
 * @property {object[]} anomalies
 * @property {object[]} alerts
 * @property {string} bandNote  why there is no band, '' where there is one
 * @property {string} zone
 * @property {number} now  ms
 */

/** The charts of the page, the first one large: {id, title, options(loaded, view) -> options of timeChart}. */
export const charts = [
  { id: 'traffic', height: 300, options: trafficOptions },
  { id: 'utilization', height: 150, options: utilizationOptions },
  { id: 'packets', height: 150, options: packetOptions },
  { id: 'errors', height: 150, options: countOptions('Errors', 'inErrors', 'outErrors') },
  { id: 'discards', height: 150, options: countOptions('Discards', 'inDiscards', 'outDiscards') },
];

/** Completed by the page with what listens. */
export function optionsOf(chart, loaded, view) {
  const id = chart.id;
  return {
    ...spanOf(loaded.metrics), zone: loaded.zone, height: chart.height, at: view.at, tableOpen: view.tables.includes(id),
    fileName: `${loaded.name} ${id}`, ...chart.options(loaded, view, columnsOf(loaded.metrics)),
  };
}

function trafficOptions(loaded, view, columns) {
  const { metrics, now } = loaded;
  return {
    title: `Traffic of ${loaded.name}`, heading: 'Traffic', unit: 'bit/s', mirrored: view.isMirrored,
    capacity: metrics.if_speed, showCapacity: view.toLineSpeed,
    series: [...twoSeries(columns.times, columns.in, columns.out, view.isMirrored), ...highestSeries(columns)],
    bands: view.hasBand ? bandsOf(loaded.expected, metrics) : [],
    compare: weekBefore(loaded.before),
    marks: [...provenanceMarks(metrics), ...anomalyMarks(loaded.anomalies, 'traffic', now), ...alertMarks(loaded.alerts, now)],
    note: view.hasBand ? loaded.bandNote : '',
  };
}

function utilizationOptions({ metrics, name }, view, { times, utilization }) {
  return {
    title: `Utilisation of ${name}`, heading: 'Utilisation', unit: '%', marks: provenanceMarks(metrics),
    series: [{ id: 'utilization', title: 'busier direction', side: 'plain', times, values: utilization, colour: '--accent' }],
    note: metrics.if_speed ? '' : 'Its speed is not known.',
  };
}

function packetOptions({ metrics, name, anomalies, now }, view, columns) {
  const rates = packetRates(metrics);
  return {
    title: `Unicast packets of ${name}`, heading: 'Unicast packets', unit: '/s', mirrored: view.isMirrored,
    series: twoSeries(columns.times, rates.in, rates.out, view.isMirrored),
    marks: [...provenanceMarks(metrics), ...anomalyMarks(anomalies, 'packets', now)],
  };
}

function countOptions(what, inName, outName) {
  return ({ metrics, name }, view, columns) => ({
    title: `${what} of ${name}, in ${stepText(metrics.step_seconds * 1000)}`,
    heading: `${what}, in ${stepText(metrics.step_seconds * 1000)}`,
    unit: 'count', mirrored: view.isMirrored,
    series: twoSeries(columns.times, columns[inName], columns[outName], view.isMirrored),
    marks: provenanceMarks(metrics),
  });
}
