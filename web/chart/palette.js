/** The colours a chart draws with, read from custom properties of CSS so that themes hold for canvas too. */

const names = {
  text: '--text', muted: '--muted', line: '--line', surface: '--surface', in: '--in', out: '--out',
  accent: '--accent', anomaly: '--info', warning: '--warning', critical: '--critical', unknown: '--unknown',
};

/**
 * Colours in force at `element`: {text, muted, line, surface, in, out, …, of(name)}.
 * `of` gives the colour of any custom property.
 */
export function paletteOf(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(name).trim() || style.color;
  const colours = Object.fromEntries(Object.entries(names).map(([role, name]) => [role, of(name)]));
  return { ...colours, font: `12px ${style.fontFamily}`, of };
}

/** Calls `listener` when the theme changes, by choice or by the system. Returns what ends it. */
export function onThemeChange(listener) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] });
  system.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', listener);
  };
}

/** The colour of a series: its own, else that of its side. */
export function colourOf(series, palette) {
  if (series.colour) return palette.of(series.colour);
  return series.side === 'out' ? palette.out : palette.in;
}
