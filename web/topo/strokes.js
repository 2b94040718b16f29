/**
 * Lines gathered by pen and stroked together: one style change a pen, not one a line. Paths are cut into pieces, since
 * the time to rasterise one path grows faster than its length.
 */
export class Strokes {
  #pens = new Map();

  /** Adds a line in pixels; `pen` is a number, lower ones are drawn first. */
  line(pen, x0, y0, x1, y1) {
    let ends = this.#pens.get(pen);
    if (!ends) this.#pens.set(pen, (ends = []));
    ends.push(x0, y0, x1, y1);
  }

  /** Strokes all lines; `take(pen)` sets the context's style. */
  paint(context, take) {
    for (const pen of [...this.#pens.keys()].sort((a, b) => a - b)) {
      take(pen);
      strokeAll(context, this.#pens.get(pen));
    }
  }
}

const pieceLength = 4 * 250;

function strokeAll(context, ends) {
  for (let start = 0; start < ends.length; start += pieceLength) {
    context.beginPath();
    const stop = Math.min(ends.length, start + pieceLength);
    for (let place = start; place < stop; place += 4) {
      context.moveTo(ends[place], ends[place + 1]);
      context.lineTo(ends[place + 2], ends[place + 3]);
    }
    context.stroke();
  }
}
