/**
 * Marks: anomalies and alerts as bars in lanes above the plot and tints in it; times without a rate hatched by
 * their reason. Shape tells them apart, colour only helps.
 */

/**
 * How each reason for a missing rate is hatched: angle of the lines in degrees, their distance in px, both ways or one,
 * and what the legend calls it.
 */
export const hatchings = {
  gap: { angle: 45, distance: 9, role: 'unknown', title: 'no readings' },
  not_answered: { angle: 45, distance: 9, role: 'unknown', title: 'not answered' },
  clock_unknown: { angle: 45, distance: 9, role: 'unknown', title: 'time unknown' },
  too_short: { angle: 45, distance: 9, role: 'unknown', title: 'too short' },
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
  if (!lane) return undefined;
  const near = view.marks.filter((mark) => mark.kind === lane.kind && mark.href).map((mark) => ({ mark, extent: extentOf(mark, view) }))
    .filter(({ extent }) => extent && x >= extent.left - 5 && x <= extent.left + extent.width + 5);
  return near.at(-1)?.mark;
}

/** Draws what lies beneath the lines: hatching, and the tint of anomalies. */
export function drawMarks(context, view, palette) {
  for (const mark of view.marks) {
    const extent = extentOf(mark, view);
    if (!extent) continue;
    if (hatchings[mark.kind]) hatch(context, { ...extent, ...heightOf(mark, view) }, hatchings[mark.kind], palette);
    else if (mark.kind === 'anomaly') tint(context, { ...extent, ...heightOf(mark, view) }, palette.anomaly);
  }
}

/** Draws the lanes above the plot: diamonds for anomalies, triangles for alerts, each with the bar of its time. */
export function drawLanes(context, view, palette) {
  for (const lane of view.lanes) {
    for (const mark of view.marks.filter(({ kind }) => kind === lane.kind)) {
      const extent = extentOf(mark, view);
      if (extent) drawBar(context, lane, extent, lane.kind === 'anomaly' ? palette.anomaly : alertColour(mark, palette));
    }
  }
}

function alertColour({ severity }, palette) {
  return severity === 'critical' || severity === 'high' ? palette.critical : palette.warning;
}

/** The part of the plot a mark is about: one direction of a mirrored chart, else all of it. */
function heightOf({ side }, { mirrored, plot, zero }) {
  if (mirrored && side === 'in') return { top: plot.top, height: zero - plot.top };
  if (mirrored && side === 'out') return { top: zero, height: plot.top + plot.height - zero };
  return { top: plot.top, height: plot.height };
}

function tint(context, { left, top, width, height }, colour) {
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = 0.13;
  context.fillRect(left, top, width, height);
  context.restore();
}

function hatch(context, area, { angle, distance, role, isCrossed }, palette) {
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
  context.strokeStyle = palette[role];
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.beginPath();
  traceHatching(context, area, angle, distance);
  if (isCrossed) traceHatching(context, area, -angle, distance);
  context.stroke();
  context.restore();
}

function traceHatching(context, { left, top, width, height }, angle, distance) {
  if (angle === 0) {
    for (let y = top; y < top + height; y += distance) traceLine(context, left, y, left + width, y);
    return;
  }
  if (angle === 90) {
    for (let x = left; x < left + width; x += distance) traceLine(context, x, top, x, top + height);
    return;
  }
  const lean = angle > 0 ? height : -height;
  // On a raster of the whole drawing, so that hatched neighbours read as one area.
  const first = Math.floor((left - height) / distance) * distance;
  for (let x = first; x < left + width + height; x += distance) traceLine(context, x, top + height, x + lean, top);
}

function traceLine(context, fromX, fromY, toX, toY) {
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
}

function drawBar(context, { kind, top, height }, { left, width }, colour) {
  const middle = top + height / 2;
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = 0.55;
  context.fillRect(left, middle - 1.5, width, 3);
  context.globalAlpha = 1;
  context.beginPath();
  const centre = left + Math.min(width, 8) / 2;
  const reach = height / 2;
  context.moveTo(centre, middle - reach);
  context.lineTo(centre + reach, kind === 'anomaly' ? middle : middle + reach);
  if (kind === 'anomaly') context.lineTo(centre, middle + reach);
  context.lineTo(centre - reach, kind === 'anomaly' ? middle : middle + reach);
  context.fill();
  context.restore();
}
