/** What is around every page: header, the page itself, the bar of a lost connection, messages, and the keys that hold everywhere. */
import { isSignInWanted } from '../core/api.js';
import { html, render } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { live } from '../core/live.js';
import { navigate, place, setQuery } from '../core/router.js';
import { settings } from '../core/settings.js';
import { computed, effect, untracked } from '../core/signal.js';
import { setTitle, title } from '../core/title.js';
import { connectionBar } from './connection.js';
import { destinations, destinationOf } from './destinations.js';
import { header, nextTheme, toggleLive } from './header.js';
import { openHelp } from './help.js';
import { openPalette } from './palette.js';
import { empty, failed } from './parts.js';
import { openSignIn } from './preferences.js';
import { showToasts } from './toast.js';

/** Puts the dashboard into the page. */
export function startShell() {
  const at = id => document.getElementById(id);
  const isWall = computed(() => place.query.get('kiosk') === '1');
  effect(() => document.body.classList.toggle('is-wall', isWall.value));
  effect(() => render(header(), at('header')));
  effect(() => showCurrent(at('header'), place.path));
  effect(() => render(connectionBar(), at('bar')));
  effect(() => showToasts(at('toasts')));
  effect(() => {
    if (isSignInWanted.value) untracked(openSignIn);
  });
  // Before the page: what is bound later counts first, and a page may have its own search.
  bindShellKeys();
  showPages(at('main'));
}

// On a phone the navigation is wider than the screen: the page one is on must be in sight.
function showCurrent(element, path) {
  const nav = element.querySelector('nav');
  const link = destinationOf(path) ? nav.querySelector('[aria-current]') : null;
  if (link) nav.scrollLeft = link.offsetLeft - (nav.clientWidth - link.offsetWidth) / 2;
}

function showPages(main) {
  main.replaceChildren();
  const head = main.appendChild(document.createElement('div'));
  head.className = 'page-head';
  effect(() => render(html`<h1>${title.value}</h1>`, head));
  // A change of the query is the page's own affair; only another page or another object is mounted anew.
  const shown = computed(() => `${place.page ? '' : 'none '}${place.path}`);
  let isFirst = true;
  effect(() => {
    shown.value;
    const end = untracked(() => mount(main, place.peek()));
    if (!isFirst) main.focus({ preventScroll: true });
    isFirst = false;
    return end;
  });
}

function mount(main, { page, params, path }) {
  const root = main.appendChild(document.createElement('div'));
  root.className = 'page';
  main.dataset.page = destinationOf(path)?.title.toLowerCase() ?? '';
  let end = null;
  try {
    setTitle(page ? page.title(params) : 'There is no such page');
    if (page) end = page.mount(root, { params });
    else render(nowhere(path), root);
  } catch (error) {
    console.error(error);
    render(failed(error, () => location.reload()), root);
  }
  return () => {
    if (typeof end === 'function') end();
    root.remove();
  };
}

function nowhere(path) {
  return empty({
    title: `Nothing is at ${path}`,
    text: 'The link may be old, or was cut when it was copied.',
    action: html`<a class="button primary" href="/">Overview</a>
      <button type="button" class="button" @click=${openPalette}>Search</button>`,
  });
}

function bindShellKeys() {
  bindKeys('Everywhere', [
    { keys: '?', does: 'this sheet', run: openHelp },
    { keys: 'ctrl+k', does: 'search, or go somewhere', run: openPalette },
    { keys: '/', does: 'search', run: openPalette },
    { keys: 'r', does: 'load again', run: live.refresh },
    { keys: 'l', does: 'hold still, or go on live', run: toggleLive },
    { keys: 't', does: 'light, dark, or as the system', run: nextTheme },
    { keys: 'w', does: 'wall: without what is around the page', run: toggleWall },
  ]);
  bindKeys('Go to', destinations.map(one => ({ keys: `g ${one.key}`, does: one.title, run: () => navigate(one.path) })));
  // Keys can be switched off, but the way out of the wall must not depend on them.
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && place.peek().query.get('kiosk') === '1' && !document.querySelector('dialog[open]')
      && !settings.keys.peek()) toggleWall();
  });
}

function toggleWall() {
  setQuery({ kiosk: place.peek().query.get('kiosk') === '1' ? null : '1' }, { push: true });
}
