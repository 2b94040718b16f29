/**
 * Levels of detail: what is worth drawing at a zoom of `z` CSS pixels to a node's width. Far out a link is one thin
 * line and a device a dot; nearer come the two directions, names, and the single cables of a bundle.
 */

/** Zoom from which a link shows both directions, its width, and its marks. */
export const halvesFrom = 6;
/** Zoom from which parallel cables are drawn apart. */
export const apartFrom = 30;
/** More parallel cables than this stay one line with a count. */
export const apartMost = 6;

const sizes = [0.48, 0.42, 0.36, 0.3];
const leastPixels = [4.5, 3.2, 2, 1.5];
const mostPixels = 16;

/** Half the width of a node in CSS pixels. */
export function nodeRadius(tier, z) {
  const row = tier < 0 ? 3 : Math.min(tier, 3);
  return Math.min(mostPixels, Math.max(leastPixels[row], sizes[row] * z));
}

/** Width of a line in CSS pixels; thick lines are the slow ones to draw, so they are capped. */
export function lineWidth(widthClass, z) {
  // Lines of at most a pixel are drawn several times faster than wider ones.
  if (z < halvesFrom) return widthClass > 1 ? 1 : 0.6;
  return Math.min(1 + widthClass * 0.75, 4) * (z < 14 ? 0.8 : 1);
}

/** Whether a node of this tier may have a name at this zoom. */
export function mayHaveName(tier, z) {
  return nodeRadius(tier, z) >= 2.6;
}
