/** The head of what stands beside the map. */
import { html } from '../../core/html.js';
import { choose } from './state.js';

/** A title, what stands beside it, and a button that closes the panel. */
export function panelHead(title, detail = null) {
  return html`<header class="topo-panel-head"><h2>${title}</h2>${detail}
    <button type="button" class="button topo-close" aria-label="Close" @click=${() => choose('', { view: null })}>✕</button></header>`;
}
