/** What is marked on the charts: why rates are missing, anomalies, alerts. Values in, values out. */

/** Reasons that are told even where other readings of the same point gave a rate: something was dropped there. */
const alwaysTold = ['reset_announced', 'reset_inferred', 'over_line_speed', 'ambiguous'];
/** Reasons that matter only where there is no rate at all. */
const toldWhereMissing = ['gap', 'not_answered', 'clock_unknown', 'too_short'];

/**
 * Marks of the times without a rate.
 * @param {{points: object[], step_seconds: number}} metrics
 * @returns {import('../../chart/options.js').Mark[]}
 */
export function provenanceMarks(metrics) {
  const step = metrics.step_seconds * 1000;
  const isHole = holesOf(metrics.points);
  const marks = metrics.points.flatMap((point, index) => {
    const side = missingSide(point);
    const from = Date.parse(point.at);
    return reasonsOf(point, isHole[index]).map((kind) => ({ from, to: from + step, kind, title: '', side }));
  });
  return joined(marks);
}

function reasonsOf(point, isHole) {
  const told = point.origin.filter((kind) => alwaysTold.includes(kind));
  if (told.length > 0 || !missing(point)) return told;
  const missingReasons = point.origin.filter((kind) => toldWhereMissing.includes(kind));
  return missingReasons.length > 0 ? missingReasons.slice(0, 1) : isHole ? ['gap'] : [];
}

function missing({ in_bps, out_bps }) {
  return in_bps === null || out_bps === null;
}

function missingSide({ in_bps, out_bps }) {
  if ((in_bps === null) === (out_bps === null)) return undefined;
  return in_bps === null ? 'in' : 'out';
}

/**
 * Which points lie in a hole: no rate, and some were read before. What is empty up to now is one too where it is
 * longer than two points, as the newest point is always about to be read.
 */
function holesOf(points) {
  const has = points.map((point) => !missing(point));
  const first = has.indexOf(true);
  const last = has.lastIndexOf(true);
  const isLate = points.length - 1 - last > 2;
  return points.map((point, index) => !has[index] && first >= 0 && index > first && (index < last || isLate));
}

/** Neighbours of the same kind and side as one mark. */
function joined(marks) {
  const result = [];
  for (const mark of marks) {
    const before = result.find(({ kind, side, to }) => kind === mark.kind && side === mark.side && to === mark.from);
    if (before) before.to = mark.to;
    else result.push({ ...mark });
  }
  return result;
}

/** Marks of anomalies of one measure: 'traffic' or 'packets'. `now` (ms) ends those that go on. */
export function anomalyMarks(anomalies, measure, now) {
  return anomalies.filter((anomaly) => anomaly.measure === measure).map((anomaly) => ({
    kind: 'anomaly', from: Date.parse(anomaly.started_at), to: anomaly.is_over ? Date.parse(anomaly.ended_at ?? anomaly.last_at) : now,
    title: anomaly.message, href: `/anomalies/${anomaly.id}`, side: anomaly.direction, severity: anomaly.severity,
  }));
}

/** Marks of alerts. Anomalies have their own. */
export function alertMarks(alerts, now) {
  return alerts.filter(({ condition }) => condition !== 'anomaly').map((alert) => ({
    kind: 'alert', from: Date.parse(alert.started_at), to: alert.resolved_at ? Date.parse(alert.resolved_at) : now,
    title: alert.message, href: `/alerts/${alert.id}`, severity: alert.severity,
  }));
}
