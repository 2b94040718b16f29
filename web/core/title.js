/** The title of the page: its heading and what the browser's tab shows. */
import { effect, signal } from './signal.js';

/** The heading of the page that is shown. */
export const title = signal('');

/** Sets the heading, and the tab's title with it. */
export function setTitle(text) {
  title.value = text;
}

/** Keeps the tab's title as the heading is. */
export function followTitle() {
  effect(() => {
    document.title = title.value ? `${title.value} · WARD FLUX` : 'WARD FLUX';
  });
}
