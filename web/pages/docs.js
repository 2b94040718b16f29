/** /docs: every route of the API, from the document that the server itself gives, with a field to try each GET. */
import { get } from '../core/api.js';
import { html } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, place, setQuery } from '../core/router.js';
import { plural } from '../core/format.js';
import { empty } from '../ui/parts.js';
import { draw, shown, strange } from '../ui/shown.js';
import { groupsOf, routesOf } from './docs/document.js';
import { routeView } from './docs/route.js';

/** The page of the API. */
export const docsPage = {
  title: () => 'API',
  mount(root) {
    const contents = resource(load);
    return draw(root, () => shown(contents, pageView, 20), [contents]);
  },
};

async function load(signal) {
  const contents = await get('/openapi.json', {}, { signal });
  return { contents, routes: routesOf(contents) };
}

function pageView({ contents, routes }) {
  const query = place.value.query;
  const groups = groupsOf(routes, query.get('q') ?? '');
  const opened = query.get('op');
  return html`
    ${strange(opened && !routes.some((route) => route.id === opened) ? `There is no route “${opened}”.` : null)}
    <p class="docs-lead">${contents.info.title} ${contents.info.version}: ${plural(routes.length, 'route')}, from
      <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>. Times are UTC, rates bit/s.</p>
    <div class="docs-page">
      <nav class="docs-groups" aria-label="Groups of routes">
        <label>Search <input class="input" type="search" .value=${query.get('q') ?? ''}
          @input=${(event) => setQuery({ q: event.target.value })} placeholder="path or word"></label>
        <ul>${groups.map((group) => html`<li><a href=${`#${group.tag}`}>${group.tag}</a>
          <span class="docs-muted">${group.routes.length}</span></li>`)}</ul>
      </nav>
      <div class="docs-routes">${groups.length === 0 ? nothing() : groups.map((group) => groupView(group, contents, opened))}</div>
    </div>`;
}

function groupView(group, contents, opened) {
  return html`<section aria-labelledby=${group.tag}>
    <h2 id=${group.tag}>${group.tag}</h2>
    ${group.routes.map((route) => routeItem(route, contents, route.id === opened))}
  </section>`;
}

function routeItem(route, contents, isOpen) {
  const toggled = (event) => {
    if (event.target.open === isOpen) return;
    setQuery({ op: event.target.open ? route.id : null, args: null });
  };
  return html`<details class="docs-route" ?open=${isOpen} @toggle=${toggled}>
    <summary><span class=${`docs-method docs-${route.method.toLowerCase()}`}>${route.method}</span>
      <code class="docs-path">${route.path}</code>
      <span class="docs-summary">${route.summary}</span></summary>
    ${isOpen ? routeView(route, contents) : null}
  </details>`;
}

function nothing() {
  return empty({ title: 'No route matches', text: 'None has all these words.',
    action: html`<a class="button" href=${href('/docs')}>Show all</a>` });
}
