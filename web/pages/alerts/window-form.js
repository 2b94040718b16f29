/** The form of a maintenance window: planned work, once or again and again. */
import { del, patch, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { draftField, draftWith, saving } from './draft.js';
import { draftOf, matcherEditor, openAlerts, textsOf } from './matcher-editor.js';

const OCCURS = [{ value: 'once', title: 'Once' }, { value: 'again', title: 'Again and again' }];

const COVERS_ALL = 'Without a matcher the window covers every alert.';

/** Fields of a window that are a text each. */
const TEXTS = ['name', 'duration', 'starts_at', 'schedule', 'zone', 'ends_at', 'comment'];

/**
 * Asks for a maintenance window.
 * @param {object|null} window one of GET /maintenance-windows to change; null for a new one
 * @param {{changed: () => void, matchers?: string[]}} options matchers: what a new one begins with
 */
export function askForWindow(window, { changed, matchers = [] }) {
  const draft = {
    ...draftWith({ ...Object.fromEntries(TEXTS.map(name => [name, initial(window, name)])), occurs: window?.schedule ? 'again' : 'once' }),
    rows: signal(draftOf(window?.matchers ?? matchers)),
  };
  const alerts = openAlerts();
  openDialog({
    title: window ? `Change ${window.name}` : 'New maintenance window',
    onClose: alerts.dispose,
    body: () => form(draft, alerts),
    actions: [{ title: window ? 'Save' : 'Plan', kind: 'primary', run: () => saving(draft, () => save(window, draft, changed)) }],
  });
}

function initial(window, name) {
  if (!window) return name === 'duration' ? '2h' : '';
  if (name === 'duration') return `${Math.round(window.duration_seconds / 60)}m`;
  return window[name] ?? '';
}

function form(draft, alerts) {
  const text = (name, label, hint, kind = 'text') =>
    draftField(draft, { label, name, kind, hint, required: name === 'name' || name === 'duration' });
  return html`${text('name', 'Name', 'What is done: Firmware of the core.')}
    ${matcherEditor(draft.rows, alerts, { error: draft.errors.value.get('matchers'), whenEmpty: COVERS_ALL })}
    ${draftField(draft, { label: 'Occurs', name: 'occurs', kind: 'select', choices: OCCURS })}
    ${draft.occurs.value === 'once'
    ? text('starts_at', 'Begins', 'Now where it is empty; else in a while (2h) or at a time (2026-03-01T22:00:00Z).')
    : html`${text('schedule', 'Schedule', 'daily at 22:00, Sunday at 06:00, or five fields of cron: 0 22 * * SAT.')}
      ${text('zone', 'Zone', 'Whose clocks the schedule follows: Asia/Tbilisi. The server\u2019s where it is empty.')}
      ${text('ends_at', 'None begins after', 'Without an end where it is empty; else a time (2026-12-31).')}`}
    ${text('duration', 'Lasts', '90m, 2h or 1d; from a minute to 31 days.')}
    ${text('comment', 'Why', null, 'textarea')}`;
}

async function save(window, draft, changed) {
  const body = bodyOf(draft);
  const stored = window ? await patch(`/maintenance-windows/${window.id}`, body) : await post('/maintenance-windows', body);
  toast(window ? 'Window changed' : 'Window planned', window
    ? {}
    : { undo: async () => { await del(`/maintenance-windows/${stored.id}`); changed(); } });
  changed();
}

/** Once and again exclude each other, so what belongs to the other is cleared. */
function bodyOf(draft) {
  const text = name => draft[name].peek().trim();
  const when = draft.occurs.peek() === 'once'
    ? { starts_at: text('starts_at') || 'now', schedule: null, ends_at: null }
    : { schedule: text('schedule'), starts_at: null, ends_at: text('ends_at') || null, ...(text('zone') ? { zone: text('zone') } : {}) };
  return { name: text('name'), matchers: textsOf(draft.rows.peek()), duration: text('duration'), comment: text('comment')
    || null, ...when };
}
