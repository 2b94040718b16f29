/** Pages whose parts are chosen by tabs. */
import { html, render } from '../core/html.js';
import { href, place } from '../core/router.js';
import { effect, unowned, untracked } from '../core/signal.js';
import { tabs } from './parts.js';
import { strange } from './shown.js';

/**
 * Tabs of which the URL's `view` names the chosen one, each with a mount of its own: element, views, path -> dispose.
 * A view is mounted anew only where another one is chosen, so that what is typed survives changes of the query; what it makes must
 * outlive this effect.
 */
export function mountViews(root, views, path) {
  render(html`<div></div><div class="rules-view"></div>`, root);
  const [head, body] = root.children;
  let mounted = null, dispose = null;
  const stop = effect(() => {
    const asked = place.value.query.get('view');
    const known = views.find((one) => one.id === asked);
    const view = known ?? views[0];
    render(html`${tabs(views, view.id, (id) => href(path, { view: id === views[0].id ? null : id }))}
      ${strange(asked && !known ? `There is no view “${asked}”; ${view.title} is shown.` : null)}`, head);
    if (view === mounted || place.value.path !== path) return;
    dispose?.();
    [mounted, dispose] = [view, null];
    const element = document.createElement('div');
    body.replaceChildren(element);
    dispose = unowned(() => untracked(() => view.mount(element)));
  });
  return () => { stop(); dispose?.(); };
}
