/** Asking for what keeps alerts quiet, silence or maintenance window: new, or one to change. */
import { del, patch, post } from '../../core/api.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { formState } from '../devices/form-state.js';
import { draftOf, matcherEditor, openAlerts, textsOf } from './matcher-editor.js';

/**
 * Opens the dialog: one that is stored or null, `kind`: {path, titles: [new, change], said: [new, change], action, whenEmpty,
 * values(stored), fields(form, stored), bodyOf(values)}, {changed(), matchers: what a new one begins with}.
 */
export function askForQuiet(stored, kind, { changed, matchers = [] }) {
  const form = formState(kind.values(stored));
  const rows = signal(draftOf(stored?.matchers ?? matchers));
  const alerts = openAlerts();
  const at = stored ? 1 : 0;
  async function save() {
    const body = { ...kind.bodyOf(form.values.peek()), matchers: textsOf(rows.peek()) };
    const made = await form.send(() => (stored ? patch(`${kind.path}/${stored.id}`, body) : post(kind.path, body)));
    toast(kind.said[at], stored ? {} : { undo: async () => { await del(`${kind.path}/${made.id}`); changed(); } });
    changed();
  }
  openDialog({
    title: kind.titles[at],
    onClose: alerts.dispose,
    body: () => kind.fields(form, stored, matcherEditor(rows, alerts, { error: form.problems.value.matchers, whenEmpty: kind.whenEmpty })),
    actions: [{ title: stored ? 'Save' : kind.action, kind: 'primary', run: save }],
  });
}
