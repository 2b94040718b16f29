/** What every drawing on a canvas needs. */

/** Paints in a style of its own: properties of the context, and `dash`; afterwards all is as it was before. */
export function styled(context, { dash = [], ...style }, paint) {
  context.save();
  Object.assign(context, style);
  context.setLineDash(dash);
  paint();
  context.restore();
}

/** Adds straight lines `[fromX, fromY, toX, toY]` to the path. */
export function traceLines(context, ...lines) {
  for (const [fromX, fromY, toX, toY] of lines) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
}

/** Strokes straight lines as one path. */
export function strokeLines(context, ...lines) {
  context.beginPath();
  traceLines(context, ...lines);
  context.stroke();
}

/** Keeps what is painted within a box {left, top, width, height}. */
export function clipTo(context, { left, top, width, height }) {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}

/** What a custom property of CSS (a name without `--`) is at an element, so that themes hold for canvas too: element -> name -> colour. */
export function coloursAt(element) {
  const style = getComputedStyle(element);
  return name => style.getPropertyValue(`--${name}`).trim() || style.color;
}

/** Calls `changed` whenever the theme changes, by choice or by the system. Answers a function that ends it. */
export function onThemeChange(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
