/** How each node stands out: what a focus hides, what a filter dims, what a failure cuts off. */
import { looks } from './scene.js';
import { distances } from './walk.js';

/**
 * @typedef {object} Choice what the user looks for
 * @property {number} focus node, or -1
 * @property {number} hops cables around the focus
 * @property {number|null} tier
 * @property {string} type device type, '' for all
 * @property {string} tag '' for all
 */

/** One of `looks` for each node: hidden outside the focus, dimmed where a filter does not let it through. */
export function maskOf(graph, choice) {
  const near = choice.focus >= 0 ? distances(graph, choice.focus, choice.hops) : null;
  const mask = new Uint8Array(graph.count);
  for (let node = 0; node < graph.count; node++) {
    if (near && near[node] < 0) continue;
    mask[node] = passes(graph, node, choice) ? looks.shown : looks.dim;
  }
  return mask;
}

/** The mask with the devices that a failure concerns (ids) marked, and all others dimmed. */
export function withFailure(graph, mask, { cutOff, oneWay, failing }) {
  const next = mask.map(look => Math.min(look, looks.dim));
  const set = (ids, look) => {
    for (const id of ids) {
      const node = graph.nodeOf.get(id);
      if (node !== undefined) next[node] = look;
    }
  };
  set(oneWay, looks.oneWay);
  set(cutOff, looks.cutOff);
  set(failing, looks.shown);
  return next;
}

/** The mask with these nodes shown, whatever hid them. */
export function withShown(mask, nodes) {
  const next = mask.slice();
  for (const node of nodes) next[node] = Math.max(next[node], looks.shown);
  return next;
}

function passes(graph, node, { tier, type, tag }) {
  if (tier !== null && graph.tier[node] !== tier) return false;
  if (type && graph.types[node] !== type) return false;
  return !tag || graph.tags[node].includes(tag);
}
