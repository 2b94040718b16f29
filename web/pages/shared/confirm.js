import { html } from '../../core/html.js';
import { openDialog } from '../../ui/dialog.js';

/** Asks before something is done: {title, text: text or template, action: title of the button, kind, run: async () => …} -> close(). */
export function confirm({ title, text, action, kind = 'primary', run }) {
  return openDialog({ title, body: () => html`<p>${text}</p>`, actions: [{ title: action, kind, run }] });
}
