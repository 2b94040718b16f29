/** How a part of a page shows what is loaded for it. */
import { html, render } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { endAll } from '../core/listen.js';
import { effect } from '../core/signal.js';
import { failed, skeleton } from './parts.js';
import { tableKeys } from './table.js';

/**
 * What a resource holds, or a skeleton of its height, or why there is nothing with a way to try again.
 * After a failure the last data stay, with the failure above them: resource, data -> template, rows -> template.
 */
export function shown(source, view, rows = 6) {
  const [data, error] = [source.data.value, source.error.value];
  if (data == null) return error ? failed(error, source.reload) : skeleton(rows);
  return html`${error ? failed(error, source.reload) : null}${view(data)}`;
}

/** Says what the address asks for and this page does not have; nothing where all is known: text or null -> template. */
export function strange(text) {
  return text ? html`<div class="notice notice-warning" role="status"><p class="notice-text">${text}</p></div>` : null;
}

/**
 * Draws a view into an element whenever a signal it read changes, with the keys of its tables and of its search box:
 * element, () -> template, resources that end with it -> dispose.
 */
export function draw(element, view, resources = [], { hasKeys = true } = {}) {
  const keys = hasKeys ? [tableKeys(element), searchKey(element)] : [];
  return endAll(effect(() => { render(view(), element); }), ...keys, ...resources);
}

/** The key that goes to the search box in an element. Answers a function that ends it. */
export function searchKey(element) {
  return bindKeys('List', [{ keys: '/', does: 'search', run: () => focusSearch(element) }]);
}

function focusSearch(element) {
  const box = element.querySelector('input[type=search]');
  box?.focus();
  box?.select();
  return Boolean(box);
}
