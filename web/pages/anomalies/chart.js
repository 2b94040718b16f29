/** The chart on the page of an anomaly: its direction around that time, with what is ordinary and the anomaly marked. */
import { get } from '../../core/api.js';
import { zone } from '../../core/clock.js';
import { resource } from '../../core/resource.js';
import { effect } from '../../core/signal.js';
import { timeChart } from '../../chart/chart.js';
import { bandsOf, columnsOf, packetRates, spanOf } from '../interface/series.js';

const AROUND_MILLISECONDS = 6 * 3_600_000;
const HEIGHT = 220;
/** What is usual is known by polls five minutes apart; finer points would be gaps in the band where history is older. */
const STEP = '5m';

/**
 * Reads what a chart of an anomaly needs, as soon as the anomaly is known.
 * @param {{value: object|undefined}} anomaly signal
 * @returns {any} resource of {metrics, expected, anomaly}; expected is null where there is none
 */
export function chartData(anomaly) {
  return resource(abort => read(anomaly.value, abort), {});
}

async function read(anomaly, abort) {
  if (!anomaly) return null;
  const end = Date.parse(anomaly.ended_at ?? anomaly.last_at) + AROUND_MILLISECONDS;
  const span = {
    from: new Date(Date.parse(anomaly.started_at) - AROUND_MILLISECONDS).toISOString(),
    to: new Date(Math.min(Date.now(), end)).toISOString(),
    step: STEP,
  };
  const path = `/interfaces/${anomaly.interface_id}`;
  const metrics = await get(`${path}/metrics`, span, { signal: abort });
  // The band is of octets; of packets there is none to be drawn, and without one the chart still says what was.
  const expected = anomaly.measure === 'traffic' ? await get(`${path}/expected`, span, { signal: abort }).catch(() => null) : null;
  return { anomaly, metrics, expected };
}

/**
 * Keeps a chart in an element.
 * @param {HTMLElement} element
 * @param {{data: {value: any}}} loaded from chartData()
 * @returns {() => void} ends it
 */
export function mountChart(element, loaded) {
  let chart = null;
  const stop = effect(() => {
    const data = loaded.data.value;
    if (!data) return;
    const options = optionsOf(data, zone.value);
    if (chart) chart.update(options);
    else chart = timeChart(element, options);
  });
  return () => { stop(); chart?.dispose(); };
}

function optionsOf({ anomaly, metrics, expected }, zoneName) {
  const { direction, measure } = anomaly;
  const columns = columnsOf(metrics);
  const values = measure === 'packets' ? packetRates(metrics)[direction] : columns[direction];
  const { from, to, step } = spanOf(metrics);
  const way = direction === 'in' ? 'In' : 'Out';
  return {
    title: `${measure} ${direction} of ${anomaly.device_name} ${anomaly.if_name} around the anomaly`,
    unit: /** @type {any} */ (measure === 'packets' ? '/s' : 'bit/s'),
    from, to, step, zone: zoneName, height: HEIGHT, fileName: 'anomaly',
    series: [{ id: direction, title: way, side: /** @type {'plain'} */ ('plain'), times: columns.times, values, colour: direction === 'in'
      ? '--in' : '--out' }],
    bands: bandsOf(expected, metrics).filter(band => band.side === direction).map(band =>
      ({ ...band, side: /** @type {'plain'} */ ('plain') })),
    marks: [{ from: Date.parse(anomaly.started_at), to: Date.parse(anomaly.ended_at ?? anomaly.last_at), kind: 'anomaly',
      title: anomaly.message, severity: anomaly.severity }],
  };
}
