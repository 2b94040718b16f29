/** A button that opens a small box of controls under it. */
import { html } from '../core/html.js';

/** The button's text and the template in the box. */
export function menu(title, body) {
  return html`<details class="menu"
    ref=${closeByItself}><summary class="button">${title}</summary><div class="menu-box">${body}</div></details>`;
}

function closeByItself(details) {
  // A press on a label gives the focus to the page around the box for a moment: that is not beside it.
  const beside = event => {
    const { target } = event;
    if (details.open && !details.contains(target) && !(event.type === 'focusin' && target.contains(details))) setTimeout(() =>
      (details.open = false));
  };
  const escape = event => {
    if (event.key !== 'Escape' || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector('summary').focus();
  };
  document.addEventListener('pointerdown', beside);
  document.addEventListener('focusin', beside);
  details.addEventListener('keydown', escape);
  return () => {
    document.removeEventListener('pointerdown', beside);
    document.removeEventListener('focusin', beside);
  };
}
