/** What keeps alerts from being sent: silences, and maintenance windows. */
import { del, get, post } from '../core/api.js';
import { ago, moment, seconds } from '../core/format.js';
import { html } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { resource } from '../core/resource.js';
import { href, place, setQuery } from '../core/router.js';
import { toast, toastError } from '../ui/dialog.js';
import { dataAge, empty, status, tabs } from '../ui/parts.js';
import { draw, shown } from '../ui/shown.js';
import { endAll } from '../ui/stages.js';
import { table } from '../ui/table.js';
import { askForSilence } from './alerts/silence-form.js';
import { askForWindow } from './alerts/window-form.js';
import { confirm } from './shared/confirm.js';

const LIMIT = 1000;

/** What the two lists differ in. */
const KINDS = {
  silences: {
    path: '/silences', title: 'Silences', one: 'silence', ask: askForSilence,
    cells: [silenceState, silenceOf, silenceUntil, silenceActions], heads: ['Alerts', 'Until'],
    nothing: 'Alerts whose labels match are not sent for a while. Press s at an alert to silence its like.',
  },
  windows: {
    path: '/maintenance-windows', title: 'Maintenance windows', one: 'maintenance window', ask: askForWindow,
    cells: [windowState, windowOf, whenOf, windowActions], heads: ['Name and alerts', 'When'],
    nothing: 'For planned work: alerts are not sent while it is open.',
  },
};

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const silencesPage = {
  title: () => 'Silences',
  mount(root) {
    const silences = resource(abort => get('/silences', { limit: LIMIT, sort: 'state,ends_at' }, { signal: abort }), { on: ['silence'] });
    const windows = resource(abort => get('/maintenance-windows', { limit: LIMIT }, { signal: abort }), { on: ['maintenance_window'] });
    const lists = { silences, windows };
    const end = endAll(
      bindKeys('Silences', [{ keys: 'n', does: 'a new one', run: () => create(lists) }]),
      draw(root, () => view(lists), [silences, windows]),
    );
    openAsked(lists);
    return end;
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
  const id = chosen();
  const [kind, list] = [KINDS[id], lists[id]];
  const counted = Object.entries(KINDS).map(([each, { title }]) => ({ id: each, title, count: lists[each].data.value?.total }));
  return html`<div class="alert-lists">
    ${tabs(counted, id, each => href('/silences', each === 'silences' ? {} : { tab: each }))}
    <p class="alert-bar"><button type="button" class="button primary" @click=${() => create(lists)} aria-keyshortcuts="n">New
      ${kind.one}</button>
      ${dataAge(list.at.value, list.error.value)}</p>
    ${shown(list, page => body(kind, page.items, list.reload))}
  </div>`;
}

function body(kind, rows, reload) {
  if (rows.length === 0) return empty({ title: `No ${kind.one}`, text: kind.nothing });
  const [state, what, when, actions] = kind.cells;
  return table({
    caption: kind.title, rows,
    columns: [
      { id: 'state', title: 'State', render: state },
      { id: 'what', title: kind.heads[0], render: what },
      { id: 'when', title: kind.heads[1], render: when },
      { id: 'why', title: 'Why', className: 'alert-text', render: row => row.comment || '–' },
      { id: 'by', title: 'By', render: row => html`${row.author ?? '–'} <span class="alert-muted">${ago(row.created_at)}</span>` },
      { id: 'actions', title: html`<span class="visually-hidden">Actions</span>`, className: 'alert-row-actions',
        render: row => actions(row, reload) },
    ],
  });
}

function button(title, run) {
  return html`<button type="button" class="button" @click=${run}>${title}</button>`;
}

function silenceState(silence) {
  return status(silence.state);
}

function silenceOf(silence) {
  return html`<span class=${silence.state === 'expired' ? 'alert-over' : null}>${matchers(silence.matchers)}</span>
    <a href=${coveredHref(silence)}>alerts</a>`;
}

function silenceUntil(silence) {
  return html`<time datetime="${silence.ends_at}">${moment(silence.ends_at)}</time>
    ${silence.state === 'pending' ? html`<span class="alert-muted">from ${moment(silence.starts_at)}</span>` : null}`;
}

function silenceActions(silence, reload) {
  const again = () => askForSilence(null, { changed: reload, matchers: silence.matchers });
  return html`${silence.state === 'expired' ? button('Again', again)
    : [button('Change', () => askForSilence(silence, { changed: reload })), button('End now', () => expire(silence, reload))]}
    ${button('Remove', () => remove('/silences', silence, 'Remove the silence?', silence.matchers.join(', '), reload))}`;
}

function windowState(window) {
  return status(window.is_now ? 'active' : window.next_start_at ? 'pending' : 'expired');
}

function windowOf(window) {
  return html`<strong>${window.name}</strong> ${matchers(window.matchers)}`;
}

function windowActions(window, reload) {
  return [
    button('Change', () => askForWindow(window, { changed: reload })),
    button('Remove', () => remove('/maintenance-windows', window, `Remove ${window.name}?`, 'What it holds back is sent.', reload)),
  ];
}

function matchers(texts) {
  return texts.length === 0 ? html`<strong>all alerts</strong>` : texts.map(text => html`<code class="alert-matcher">${text}</code> `);
}

/** Alerts that this one keeps quiet; the API filters by hold, the labels narrow by device where one is named. */
function coveredHref(silence) {
  const device = silence.matchers.map(text => /^device="(.*)"$/.exec(text)?.[1]).find(Boolean);
  return href('/alerts', { hold: 'silenced', flat: 'true', q: device });
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
  confirm({ title, text, action: 'Remove', kind: 'danger', run: async () => { await del(`${path}/${row.id}`); reload(); } });
}
