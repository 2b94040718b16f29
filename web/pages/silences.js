/** What keeps alerts from being sent: silences, and maintenance windows. */
import { del, get, post } from '../core/api.js';
import { ago, moment, seconds } from '../core/format.js';
import { html, keyed, render } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { resource } from '../core/resource.js';
import { href, place, setQuery } from '../core/router.js';
import { effect } from '../core/signal.js';
import { openDialog, toast, toastError } from '../ui/dialog.js';
import { dataAge, empty, failed, skeleton, status, tabs } from '../ui/parts.js';
import { askForSilence } from './alerts/silence-form.js';
import { askForWindow } from './alerts/window-form.js';

const LIMIT = 1000;

/** What the two lists differ in. */
const KINDS = {
  silences: { path: '/silences', title: 'Silences', one: 'silence', ask: askForSilence, row: silenceRow,
    columns: ['State', 'Alerts', 'Until', 'Why', 'By', ''] },
  windows: { path: '/maintenance-windows', title: 'Maintenance windows', one: 'maintenance window', ask: askForWindow, row: windowRow,
    columns: ['State', 'Name and alerts', 'When', 'Why', 'By', ''] },
};

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const silencesPage = {
  title: () => 'Silences',
  mount(root) {
    const silences = resource(abort => get('/silences', { limit: LIMIT, sort: 'state,ends_at' }, { signal: abort }), { on: ['silence'] });
    const windows = resource(abort => get('/maintenance-windows', { limit: LIMIT }, { signal: abort }), { on: ['maintenance_window'] });
    const lists = { silences, windows };
    const keys = bindKeys('Silences', [{ keys: 'n', does: 'a new one', run: () => create(lists) }]);
    const stop = effect(() => render(view(lists), root));
    openAsked(lists);
    return () => [stop, keys, () => silences.dispose(), () => windows.dispose()].forEach(end => end());
  },
};

function chosen() {
  return place.value.query.get('tab') === 'windows' ? 'windows' : 'silences';
}

/** `?new=1&matchers=device="X"` opens the form: other pages lead here with what they know. */
function openAsked(lists) {
  const { query } = place.peek();
  if (query.get('new') !== '1') return;
  const matchers = query.getAll('matcher');
  setQuery({ new: null, matcher: null });
  create(lists, matchers);
}

function create(lists, matchers) {
  const kind = chosen();
  KINDS[kind].ask(null, { changed: () => lists[kind].reload(), matchers });
}

function view(lists) {
  const kind = chosen();
  const list = lists[kind];
  const counted = Object.entries(KINDS).map(([id, { title }]) => ({ id, title, count: lists[id].data.value?.total }));
  return html`<div class="alert-lists">
    ${tabs(counted, kind, id => href('/silences', id === 'silences' ? {} : { tab: id }))}
    <p class="alert-bar"><button type="button" class="button primary" @click=${() => create(lists)} aria-keyshortcuts="n">New
      ${KINDS[kind].one}</button>
      ${dataAge(list.at.value, list.error.value)}</p>
    ${list.error.value ? failed(list.error.value, () => list.reload()) : null}
    ${body(kind, list)}
  </div>`;
}

function body(kind, list) {
  const page = list.data.value;
  if (!page) return list.error.value ? null : skeleton(6);
  if (page.items.length === 0) return empty({ title: `No ${KINDS[kind].one}`, text: EMPTY[kind], action: null });
  return html`<div class="alert-scroll" tabindex="0" role="region" aria-label="${KINDS[kind].title}"><table class="alert-table">
    <thead><tr>${KINDS[kind].columns.map(title =>
      html`<th scope="col">${title || html`<span class="visually-hidden">Actions</span>`}</th>`)}</tr></thead>
    <tbody>${keyed(page.items, row => row.id, row => KINDS[kind].row(row, () => list.reload()))}</tbody>
  </table></div>`;
}

const EMPTY = {
  silences: 'A silence keeps alerts whose labels match from being sent for a while. They are still shown. '
    + 'Open an alert and press s to silence its like.',
  windows: 'A maintenance window covers planned work: alerts are not sent while it is open, '
    + 'and what still holds when it ends is sent then.',
};

function silenceRow(silence, reload) {
  const isOver = silence.state === 'expired';
  return html`<tr class="${isOver ? 'alert-over' : ''}">
    <td>${status(silence.state)}</td>
    <td>${matchers(silence.matchers)} <a href="${coveredHref(silence)}">alerts</a></td>
    <td><time datetime="${silence.ends_at}">${moment(silence.ends_at)}</time>
      ${silence.state === 'pending' ? html`<span class="alert-muted">from ${moment(silence.starts_at)}</span>` : null}</td>
    <td class="alert-text">${silence.comment || '–'}</td>
    <td>${silence.author ?? '–'} <span class="alert-muted">${ago(silence.created_at)}</span></td>
    <td class="alert-row-actions">
      ${isOver
    ? html`<button type="button" class="button"
      @click=${() => askForSilence(null, { changed: reload, matchers: silence.matchers })}>Again</button>`
    : html`<button type="button" class="button" @click=${() => askForSilence(silence, { changed: reload })}>Change</button>
        <button type="button" class="button" @click=${() => expire(silence, reload)}>End now</button>`}
      <button type="button" class="button"
        @click=${() => remove('/silences', silence, 'Remove the silence?', silence.matchers.join(', '), reload)}>Remove</button>
    </td>
  </tr>`;
}

function matchers(texts) {
  return texts.length === 0 ? html`<strong>all alerts</strong>` : texts.map(text => html`<code class="alert-matcher">${text}</code> `);
}

/** Alerts that this one keeps quiet; the API filters by hold, the labels narrow by device where one is named. */
function coveredHref(silence) {
  const device = silence.matchers.map(text => /^device="(.*)"$/.exec(text)?.[1]).find(Boolean);
  return href('/alerts', { hold: 'silenced', flat: 'true', q: device });
}

function windowRow(window, reload) {
  return html`<tr>
    <td>${status(window.is_now ? 'active' : window.next_start_at ? 'pending' : 'expired')}</td>
    <td><strong>${window.name}</strong> ${matchers(window.matchers)}</td>
    <td>${whenOf(window)}</td>
    <td class="alert-text">${window.comment || '–'}</td>
    <td>${window.author ?? '–'} <span class="alert-muted">${ago(window.created_at)}</span></td>
    <td class="alert-row-actions"><button type="button" class="button"
      @click=${() => askForWindow(window, { changed: reload })}>Change</button>
      <button type="button" class="button"
        @click=${() => remove('/maintenance-windows', window, `Remove ${window.name}?`,
        'One that is open ends, and what it held back is sent.', reload)}>Remove</button></td>
  </tr>`;
}

function whenOf(window) {
  const rhythm = window.schedule ? html`<code class="alert-matcher">${window.schedule}</code> ${window.zone}, ` : null;
  const next = window.is_now ? `open until ${moment(window.open_until)}` : window.next_start_at
    ? `next ${moment(window.next_start_at)}` : 'over';
  const then = (window.next_starts ?? []).filter(time => time !== window.next_start_at).slice(0, 3);
  return html`${rhythm}${next}, ${seconds(window.duration_seconds)} long
    ${then.length > 0 ? html`<span class="alert-muted">then ${then.map(time => moment(time)).join(', ')}</span>` : null}`;
}

async function expire(silence, reload) {
  try {
    await post(`/silences/${silence.id}/expire`, undefined);
    toast('Silence ended');
    reload();
  } catch (error) {
    toastError(error);
  }
}

function remove(path, row, title, text, reload) {
  openDialog({
    title,
    body: () => html`<p class="alert-text">${text}</p>`,
    actions: [{ title: 'Remove', kind: 'danger', run: async () => { await del(`${path}/${row.id}`); reload(); } }],
  });
}
