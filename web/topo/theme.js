/** Tells when the colours of the page change: the theme chosen, or that of the system. */

/** Calls `changed()` after each change; answers a function that ends it. */
export function onThemeChange(changed) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(() => changed());
  chosen.observe(document.documentElement, { attributes: true });
  system.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    system.removeEventListener('change', changed);
  };
}
