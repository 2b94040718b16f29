/**
 * Where one looks from: `x`, `y` of the plane in the middle of the view, and `z` CSS pixels to a node's width.
 * @typedef {{x: number, y: number, z: number}} Camera
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/** Nobody needs to be nearer. */
export const nearest = 140;
/** Ten thousand devices are seen whole on a phone. */
const farthest = 0.1;
/** A few devices alone are not blown up. */
const nearestFit = 44;
/** Room for names at the rim, in CSS pixels. */
const margin = 80;

/** Bounds of the placed nodes, one width wider; of those whose `mask` is not 0 where a mask is given. @returns {Box} */
export function boundsOf(graph, mask = null) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let node = 0; node < graph.count; node++) {
    if (Number.isNaN(graph.x[node]) || (mask && !mask[node])) continue;
    box.left = Math.min(box.left, graph.x[node]);
    box.top = Math.min(box.top, graph.y[node]);
    box.right = Math.max(box.right, graph.x[node]);
    box.bottom = Math.max(box.bottom, graph.y[node]);
  }
  if (box.left > box.right) return { left: -1, top: -1, right: 1, bottom: 1 };
  return { left: box.left - 1, top: box.top - 1, right: box.right + 1, bottom: box.bottom + 1 };
}

/** The camera that shows a box whole in a view of width x height CSS pixels, right of what is covered. @returns {Camera} */
export function fitting(box, width, height, covered = 0) {
  const room = length => Math.max(length * 0.6, length - margin);
  const z = Math.min(room(width - covered) / (box.right - box.left), room(height) / (box.bottom - box.top));
  const near = clampZoom(Math.min(z, nearestFit));
  const gap = (width - (box.right - box.left) * near) / 2;
  const shift = Math.max(0, covered + margin / 2 - gap);
  return { x: (box.left + box.right) / 2 - shift / near, y: (box.top + box.bottom) / 2, z: near };
}

/** Zooms by `factor` so that what is at (px, py) of the view stays there. @returns {Camera} */
export function zoomedAt(camera, factor, px, py, width, height) {
  const z = clampZoom(camera.z * factor);
  const [dx, dy] = [px - width / 2, py - height / 2];
  return { x: camera.x + dx / camera.z - dx / z, y: camera.y + dy / camera.z - dy / z, z };
}

/** Moves the picture by (dx, dy) CSS pixels. @returns {Camera} */
export function movedBy(camera, dx, dy) {
  return { ...camera, x: camera.x - dx / camera.z, y: camera.y - dy / camera.z };
}

/** The point of the plane at (px, py) of the view. @returns {[number, number]} */
export function toPlane(camera, px, py, width, height) {
  return [camera.x + (px - width / 2) / camera.z, camera.y + (py - height / 2) / camera.z];
}

/** Where a point of the plane is in the view, in CSS pixels. @returns {[number, number]} */
export function toView(camera, x, y, width, height) {
  return [(x - camera.x) * camera.z + width / 2, (y - camera.y) * camera.z + height / 2];
}

/** The camera of three numbers of an address, or null where they are none. @returns {Camera|null} */
export function cameraOf(x, y, z) {
  const camera = { x: Number(x), y: Number(y), z: Number(z) };
  const isUsable = [x, y, z].every(text => text !== null && text !== '') && Object.values(camera).every(isFinite);
  return isUsable && camera.z > 0 ? { ...camera, z: clampZoom(camera.z) } : null;
}

/** The same with as many digits as a pixel needs, as texts for an address. */
export function written(camera) {
  const digits = camera.z > 20 ? 2 : 1;
  return { x: camera.x.toFixed(digits), y: camera.y.toFixed(digits), z: camera.z.toPrecision(3) };
}

function clampZoom(z) {
  return Math.min(nearest, Math.max(farthest, z));
}
