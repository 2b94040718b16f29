/** The form of a silence, new or there already. */
import { del, patch, post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { draftField, draftWith, saving } from './draft.js';
import { draftOf, matcherEditor, openAlerts, textsOf } from './matcher-editor.js';
import { DURATIONS } from './words.js';

const BEGINS = 'Now where it is empty; else in a while (2h) or at a time (2026-03-01T22:00:00Z).';

const UNCHANGED = { value: '', title: 'As it is' };

/**
 * Asks for a silence.
 * @param {object|null} silence one of GET /silences to change; null for a new one
 * @param {{changed: () => void, matchers?: string[]}} options matchers: what a new one begins with
 */
export function askForSilence(silence, { changed, matchers = [] }) {
  const draft = {
    ...draftWith({ duration: silence ? '' : '4h', starts_at: '', comment: silence?.comment ?? '' }),
    rows: signal(draftOf(silence?.matchers ?? matchers)),
  };
  const alerts = openAlerts();
  openDialog({
    title: silence ? 'Change the silence' : 'New silence',
    onClose: alerts.dispose,
    body: () => form(silence, draft, alerts),
    actions: [{ title: silence ? 'Save' : 'Silence', kind: 'primary', run: () => saving(draft, () => save(silence, draft, changed)) }],
  });
}

function form(silence, draft, alerts) {
  return html`${matcherEditor(draft.rows, alerts,
    { error: draft.errors.value.get('matchers'), whenEmpty: 'A silence needs a matcher at least.' })}
    ${draftField(draft, { label: silence ? 'Goes on, from now, for' : 'For how long', name: 'duration', kind: 'select', choices: silence
      ? [UNCHANGED, ...DURATIONS] : DURATIONS })}
    ${silence ? null : draftField(draft, { label: 'Begins', name: 'starts_at', hint: BEGINS })}
    ${draftField(draft, { label: 'Why', name: 'comment', kind: 'textarea',
      hint: 'A silence without a reason is a riddle to the next shift.' })}`;
}

async function save(silence, draft, changed) {
  const body = {
    matchers: textsOf(draft.rows.peek()),
    comment: draft.comment.peek(),
    ...(draft.duration.peek() ? { duration: draft.duration.peek() } : {}),
    ...(draft.starts_at.peek().trim() ? { starts_at: draft.starts_at.peek().trim() } : {}),
  };
  const stored = silence ? await patch(`/silences/${silence.id}`, body) : await post('/silences', body);
  toast(silence ? 'Silence changed' : 'Silenced', silence ? {} : { undo: async () => { await del(`/silences/${stored.id}`); changed(); } });
  changed();
}
