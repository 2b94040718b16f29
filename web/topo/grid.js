/**
 * Things on a plane in square cells, so that those in a box, or near a point, are found without looking at all.
 * Used for culling (what a tile shows) and for hit tests (what is under the pointer).
 */
export class CellGrid {
  /** @param {{left: number, top: number, right: number, bottom: number}} bounds @param {number} cell its width */
  constructor(bounds, cell) {
    this.bounds = bounds;
    this.cell = cell;
    this.columns = Math.max(1, Math.ceil((bounds.right - bounds.left) / cell));
    this.rows = Math.max(1, Math.ceil((bounds.bottom - bounds.top) / cell));
    this.first = new Int32Array(this.columns * this.rows + 1);
    this.items = new Int32Array(0);
    this.seen = new Int32Array(0);
    this.stamp = 0;
  }

  /** A grid of points; those that are NaN are left out. @returns {CellGrid} */
  static ofPoints(x, y, bounds, cell) {
    const grid = new CellGrid(bounds, cell);
    grid.#fill(x.length, (index, put) => {
      if (!Number.isNaN(x[index])) put(grid.#cellAt(x[index], y[index]));
    });
    return grid;
  }

  /** A grid of straight lines `index` -> [x0, y0, x1, y1]; each is in every cell that it crosses. @returns {CellGrid} */
  static ofLines(count, endsOf, bounds, cell) {
    const grid = new CellGrid(bounds, cell);
    grid.#fill(count, (index, put) => grid.#cross(endsOf(index), put));
    return grid;
  }

  /** Calls `visit(index)` once for each thing that may lie in the box. */
  inBox(left, top, right, bottom, visit) {
    const stamp = ++this.stamp;
    const lastColumn = this.#column(right);
    const lastRow = this.#row(bottom);
    for (let row = this.#row(top); row <= lastRow; row++) {
      for (let column = this.#column(left); column <= lastColumn; column++) {
        const cell = row * this.columns + column;
        for (let place = this.first[cell]; place < this.first[cell + 1]; place++) {
          const index = this.items[place];
          if (this.seen[index] === stamp) continue;
          this.seen[index] = stamp;
          visit(index);
        }
      }
    }
  }

  /** The thing of the smallest `distanceTo(index)`, at most `reach`, near a point; -1 where there is none. */
  nearest(x, y, reach, distanceTo) {
    let best = -1;
    let shortest = reach;
    this.inBox(x - reach, y - reach, x + reach, y + reach, index => {
      const distance = distanceTo(index);
      if (distance <= shortest) [best, shortest] = [index, distance];
    });
    return best;
  }

  // Two passes over the same things: count, then put; no list per cell is ever made.
  #fill(count, cellsOf) {
    const { first } = this;
    for (let index = 0; index < count; index++) cellsOf(index, cell => first[cell + 1]++);
    for (let cell = 1; cell < first.length; cell++) first[cell] += first[cell - 1];
    const free = first.slice();
    this.items = new Int32Array(first[first.length - 1]);
    this.seen = new Int32Array(count);
    for (let index = 0; index < count; index++) cellsOf(index, cell => (this.items[free[cell]++] = index));
  }

  // Row by row, the columns between where the line enters the row and where it leaves it.
  #cross([x0, y0, x1, y1], put) {
    if (Number.isNaN(x0 + y0 + x1 + y1)) return;
    if (y0 > y1) [x0, y0, x1, y1] = [x1, y1, x0, y0];
    const slope = y1 === y0 ? 0 : (x1 - x0) / (y1 - y0);
    const lastRow = this.#row(y1);
    for (let row = this.#row(y0); row <= lastRow; row++) {
      const enters = Math.max(y0, this.bounds.top + row * this.cell);
      const leaves = Math.min(y1, this.bounds.top + (row + 1) * this.cell);
      const from = slope === 0 ? x0 : x0 + (enters - y0) * slope;
      const to = slope === 0 ? x1 : x0 + (leaves - y0) * slope;
      const lastColumn = this.#column(Math.max(from, to));
      for (let column = this.#column(Math.min(from, to)); column <= lastColumn; column++) {
        put(row * this.columns + column);
      }
    }
  }

  #cellAt(x, y) {
    return this.#row(y) * this.columns + this.#column(x);
  }

  #column(x) {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.bounds.left) / this.cell)));
  }

  #row(y) {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.bounds.top) / this.cell)));
  }
}

/** Distance of the point (x, y) from the line between two points. @returns {number} */
export function distanceToLine(x, y, x0, y0, x1, y1) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
