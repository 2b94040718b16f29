/** The colours a chart draws with. */
import { coloursAt } from '../core/canvas.js';

const names = ['text', 'muted', 'line', 'in', 'out', 'accent', 'info', 'warning', 'critical', 'unknown'];

/** Colours in force at `element`: {text, muted, line, in, out, …, anomaly, font, of(name)}; `of` gives that of any custom property. */
export function paletteOf(element) {
  const colour = coloursAt(element);
  const colours = Object.fromEntries(names.map(name => [name, colour(name)]));
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  return { ...colours, anomaly: colours.info, font, of: name => colour(name.slice(2)) };
}

/** The name of the custom property that has the colour of a series: its own, else that of its side. */
export function colourName({ colour, side }) {
  return colour ?? (side === 'out' ? '--out' : '--in');
}

/** The colour of a series. */
export function colourOf(series, palette) {
  return series.colour ? palette.of(series.colour) : series.side === 'out' ? palette.out : palette.in;
}
