/**
 * Marks: anomalies and alerts as bars in lanes above the plot and tints in it; times without a rate hatched by
 * their reason. Shape tells them apart, colour only helps.
 */
import { clipTo, strokeLines, styled, traceLines } from '../core/canvas.js';

const noReading = { angle: 45, distance: 9, role: 'unknown' };

/**
 * How each reason for a missing rate is hatched: angle of the lines in degrees, their distance in px, both ways or one,
 * and what the legend calls it.
 */
export const hatchings = {
  gap: { ...noReading, title: 'no readings' },
  not_answered: { ...noReading, title: 'not answered' },
  clock_unknown: { ...noReading, title: 'time unknown' },
  too_short: { ...noReading, title: 'too short' },
  reset_announced: { angle: -45, distance: 5, role: 'accent', title: 'reset, announced' },
  reset_inferred: { angle: -45, distance: 5, role: 'accent', isCrossed: true, title: 'reset, inferred' },
  over_line_speed: { angle: 0, distance: 4, role: 'warning', title: 'over line speed, dropped' },
  ambiguous: { angle: 90, distance: 4, role: 'warning', title: 'ambiguous wrap' },
};

const leastWidth = 3;

/** The pixels a mark spans, at least a few and never out of the plot: {left, width}; null where it is not in view. */
export function extentOf(mark, view) {
  const { left, width } = view.plot;
  if (mark.to < view.from || mark.from > view.to) return null;
  const begin = Math.max(left, view.x(mark.from));
  const end = Math.min(left + width, Math.max(view.x(mark.to), begin + leastWidth));
  return { left: Math.min(begin, end - leastWidth), width: Math.max(leastWidth, end - begin) };
}

/** The mark with an href at a place on the drawing, in px; undefined where there is none. */
export function markAt(view, x, y) {
  const lane = view.lanes.find(({ top, height }) => y >= top - 2 && y <= top + height + 2);
  return view.marks.filter(mark => {
    const extent = mark.href && mark.kind === lane?.kind && extentOf(mark, view);
    return extent && x >= extent.left - 5 && x <= extent.left + extent.width + 5;
  }).at(-1);
}

/** Draws what lies beneath the lines: hatching, and the tint of anomalies. */
export function drawMarks(context, view, palette) {
  for (const mark of view.marks) {
    const extent = extentOf(mark, view);
    if (!extent) continue;
    const area = { ...extent, ...heightOf(mark, view) };
    if (hatchings[mark.kind]) hatch(context, area, hatchings[mark.kind], palette);
    else if (mark.kind === 'anomaly') fillBox(context, area, { fillStyle: palette.anomaly, globalAlpha: 0.13 });
  }
}

/** Draws the lanes above the plot: diamonds for anomalies, triangles for alerts, each with the bar of its time. */
export function drawLanes(context, view, palette) {
  for (const lane of view.lanes) {
    for (const mark of view.marks) {
      const extent = mark.kind === lane.kind && extentOf(mark, view);
      if (extent) drawBar(context, lane, extent, colourIn(lane, mark, palette));
    }
  }
}

function colourIn({ kind }, { severity }, { anomaly, critical, warning }) {
  if (kind === 'anomaly') return anomaly;
  return severity === 'critical' || severity === 'high' ? critical : warning;
}

/** The part of the plot a mark is about: one direction of a mirrored chart, else all of it. */
function heightOf({ side }, { mirrored, plot: { top, height }, zero }) {
  if (mirrored && side === 'in') return { top, height: zero - top };
  if (mirrored && side === 'out') return { top: zero, height: top + height - zero };
  return { top, height };
}

function fillBox(context, { left, top, width, height }, style) {
  styled(context, style, () => context.fillRect(left, top, width, height));
}

function hatch(context, area, { angle, distance, role, isCrossed }, palette) {
  styled(context, { strokeStyle: palette[role], globalAlpha: 0.5, lineWidth: 1 }, () => {
    clipTo(context, area);
    strokeLines(context, ...linesIn(area, angle, distance), ...(isCrossed ? linesIn(area, -angle, distance) : []));
  });
}

function linesIn({ left, top, width, height }, angle, distance) {
  const [right, bottom] = [left + width, top + height];
  if (angle === 0) return spread(top, bottom, distance).map(y => [left, y, right, y]);
  if (angle === 90) return spread(left, right, distance).map(x => [x, top, x, bottom]);
  const lean = angle > 0 ? height : -height;
  // On a raster of the whole drawing, so that hatched neighbours read as one area.
  const first = Math.floor((left - height) / distance) * distance;
  return spread(first, right + height, distance).map(x => [x, bottom, x + lean, top]);
}

function spread(from, to, distance) {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / distance)) }, (_, index) => from + index * distance);
}

function drawBar(context, { kind, top, height }, { left, width }, colour) {
  const reach = height / 2;
  const middle = top + reach;
  const centre = left + Math.min(width, 8) / 2;
  fillBox(context, { left, top: middle - 1.5, width, height: 3 }, { fillStyle: colour, globalAlpha: 0.55 });
  styled(context, { fillStyle: colour }, () => {
    const foot = kind === 'anomaly' ? middle : middle + reach;
    context.beginPath();
    traceLines(context, [centre, middle - reach, centre + reach, foot]);
    if (kind === 'anomaly') context.lineTo(centre, middle + reach);
    context.lineTo(centre - reach, foot);
    context.fill();
  });
}
