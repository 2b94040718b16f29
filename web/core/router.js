/** Where the user is: the path and query of the address, kept in the history. */
import { signal } from './signal.js';
import { changed, href, match, search } from './query.js';
import { keepScroll, restoreScroll } from './scroll.js';

export { href };

/** What stays in the address from page to page. */
const lasting = ['kiosk', 'zone'];
let routes = [];

const here = signal({ path: '/', query: new URLSearchParams(), params: {}, page: null, hash: '' });

/** Where the user is: `value` is `{path, query, params, page, hash}`, and each of these can be read (and followed) directly. */
export const place = {
  get value() { return here.value; },
  peek() { return here.peek(); },
  get path() { return here.value.path; },
  get query() { return here.value.query; },
  get params() { return here.value.params; },
  get page() { return here.value.page; },
  get hash() { return here.value.hash; },
};

/** Starts following the address; `list` is `[{path, page}]`. */
export function startRouter(list) {
  routes = list;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    read();
    restoreScroll();
  });
  document.addEventListener('click', follow);
  keepScroll();
  read();
}

/** Goes to a page of the dashboard: `/alerts?state=firing`. `replace` leaves no step in the history. */
export function navigate(url, { replace = false } = {}) {
  const target = new URL(url, location.href);
  if (target.origin !== location.origin) return location.assign(target);
  carry(target.searchParams);
  const samePath = target.pathname === location.pathname;
  write(target.pathname + search(target.searchParams) + target.hash, replace);
  read();
  if (!samePath) scrollTo(0, 0);
}

/** Changes names of the query: null or '' takes one away. `push` makes a new step in the history. */
export function setQuery(changes, { push = false } = {}) {
  const next = search(changed(place.peek().query, changes));
  if (next === search(place.peek().query)) return;
  write(location.pathname + next + location.hash, !push);
  read();
}

function carry(query) {
  for (const name of lasting) {
    const held = place.peek().query.get(name);
    if (held !== null && !query.has(name)) query.set(name, held);
  }
}

function write(url, replace) {
  if (replace) history.replaceState(history.state, '', url);
  else history.pushState(null, '', url);
}

function read() {
  const path = location.pathname.replace(/\/+$/, '') || '/';
  here.value = { path, query: new URLSearchParams(location.search), ...match(routes, path), hash: location.hash };
}

/** Links of the dashboard are followed without loading the page anew. */
function follow(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!link || link.target || link.hasAttribute('download') || !isOurs(link)) return;
  event.preventDefault();
  navigate(link.href);
}

function isOurs(link) {
  const target = new URL(link.href, location.href);
  if (target.origin !== location.origin || /^\/(api|assets|metrics)\//.test(target.pathname)) return false;
  return !(target.hash && target.pathname === location.pathname && target.search === location.search);
}
