/** From what the API answers to what the charts draw. Values in, values out. */

const week = 7 * 24 * 3_600_000;

/** Values of /metrics as columns: {times, in, out, inHighest, outHighest, …}. */
export function columnsOf(metrics) {
  const { points } = metrics;
  const column = (read) => points.map((point) => read(point) ?? null);
  return {
    times: points.map(({ at }) => Date.parse(at)),
    in: column(({ in_bps }) => in_bps?.avg), out: column(({ out_bps }) => out_bps?.avg),
    inHighest: column(({ in_bps }) => in_bps?.max), outHighest: column(({ out_bps }) => out_bps?.max),
    utilization: column((point) => point.utilization_percent),
    inErrors: column((point) => point.in_errors), outErrors: column((point) => point.out_errors),
    inDiscards: column((point) => point.in_discards), outDiscards: column((point) => point.out_discards),
    status: filledBack(column((point) => point.oper_status), points),
  };
}

/** What all charts of a range share: {from, to, step, times}. A metrics answer may begin a little before what was asked. */
export function spanOf(metrics) {
  return { from: Date.parse(metrics.from), to: Date.parse(metrics.to), step: metrics.step_seconds * 1000 };
}

/** Series in and out of one unit. */
export function twoSeries(times, inValues, outValues, isMirrored) {
  return [
    { id: 'in', title: 'In', side: 'in', times, values: inValues, colour: '--in' },
    { id: 'out', title: 'Out', side: 'out', times, values: outValues, colour: '--out', dash: isMirrored ? undefined : [6, 3] },
  ];
}

/** The highest rate of each point beside its mean; nothing where a point is one poll and both are the same. */
export function highestSeries({ times, in: means, inHighest, outHighest }) {
  const differs = means.some((mean, index) => mean !== null && inHighest[index] > mean * 1.0001);
  if (!differs) return [];
  return [
    { id: 'in-highest', title: 'In, highest', side: 'in', times, values: inHighest, colour: '--in', faint: true },
    { id: 'out-highest', title: 'Out, highest', side: 'out', times, values: outHighest, colour: '--out', faint: true },
  ];
}

/**
 * Bands of /expected; none where nothing is known of the whole range. Points that have the rate of a later reading, because
 * they are narrower than polls, have the band by which that reading was judged.
 */
export function bandsOf(expected, metrics) {
  if (!expected) return [];
  const times = expected.points.map(({ at }) => Date.parse(at));
  const readings = new Map(metrics.points.map((point) => [point.at, point]));
  const points = expected.points.map(({ at }) => readings.get(at));
  return ['in', 'out'].map((side) => {
    const column = (key) => filledBack(expected.points.map((point) => point[side]?.[key] ?? null), points);
    return { side, title: side === 'in' ? 'In' : 'Out', times, low: column('low'), high: column('high'), middle: column('expected') };
  }).filter(({ low }) => low.some((value) => value !== null));
}

/** A week before, moved onto now. */
export function weekBefore(metrics) {
  if (!metrics) return [];
  const columns = columnsOf(metrics);
  const times = columns.times.map((time) => time + week);
  const legend = 'the same a week before';
  return [
    { id: 'in-before', title: 'In a week before', side: 'in', times, values: columns.in, colour: '--in', legend },
    { id: 'out-before', title: 'Out a week before', side: 'out', times, values: columns.out, colour: '--out', legend },
  ];
}

/**
 * Packets a second: {in, out}. The newest point is not over yet, so its counts are not those of its whole width:
 * octets and their rate tell how long it was counted.
 */
export function packetRates({ points }) {
  const rate = (packets, octets, bps) => {
    if (packets === null || !bps || octets === null) return null;
    return octets === 0 ? 0 : (packets * bps.avg) / (octets * 8);
  };
  return {
    in: filledBack(points.map(({ in_packets: packets, in_octets: octets, in_bps: bps }) => rate(packets, octets, bps)), points),
    out: filledBack(points.map(({ out_packets: packets, out_octets: octets, out_bps: bps }) => rate(packets, octets, bps)), points),
  };
}

/** Where points are narrower than polls, those before a reading have its rate and nothing else: they get the rest of it too. */
function filledBack(values, points) {
  const filled = [...values];
  for (let index = points.length - 2; index >= 0; index -= 1) {
    const isEarlier = points[index]?.readings === 0 && points[index].in_bps !== null;
    if (filled[index] === null && isEarlier) filled[index] = filled[index + 1];
  }
  return filled;
}

const lengths = { day: 86_400_000, h: 3_600_000, min: 60_000, s: 1000 };

/** 300000 -> '5 min'; 3600000 -> '1 h'; 86400000 -> '1 day'. */
export function stepText(step) {
  const word = Object.keys(lengths).find((name) => step >= lengths[name]);
  return `${step / lengths[word]} ${word}`;
}
