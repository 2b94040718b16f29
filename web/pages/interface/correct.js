/** Correcting what the rules say of an interface, and giving fields back to them. */

import { get, patch } from '../../core/api.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { field } from '../../ui/form.js';
import { formState } from '../devices/form-state.js';
import { interfaceTypes, word } from '../devices/words.js';

/** The choice that gives a field back. No value of a field is called so. */
const byRules = '@rules';
const noProvider = '@none';
const providersOfOld = ['beeline', 'caucasus_online', 'geocell', 'globaltel', 'magti', 'silknet', 'veon'];

/** Fields that rules and discovery fill where nobody set them, as the API names them, with what people call them. */
export const ruledFields = { interface_type: 'type', isp_provider: 'provider', is_critical: 'critical', monitoring_enabled: 'monitoring' };

/** What the form begins with: what a person set, else that the rules decide. */
export function valuesOf(row) {
  const of = (name, write) => (row.overrides.includes(name) ? write(row[name]) : byRules);
  return {
    interface_type: of('interface_type', String), isp_provider: of('isp_provider', (provider) => provider || noProvider),
    is_critical: of('is_critical', String), monitoring_enabled: of('monitoring_enabled', String),
    enabled: row.enabled, notes: row.notes ?? '',
  };
}

/** The body of the PATCH for what differs; an empty object where nothing does. */
export function changesOf(row, values) {
  const before = valuesOf(row);
  const changed = Object.keys(before).filter((name) => before[name] !== values[name]);
  return Object.fromEntries(changed.map((name) => [name, bodyValue(name, values[name])]));
}

function bodyValue(name, value) {
  if (value === byRules) return null;
  if (name === 'isp_provider') return value === noProvider ? '' : value;
  if (name === 'notes') return value.trim() === '' ? null : value;
  return typeof value === 'string' && (name === 'is_critical' || name === 'monitoring_enabled') ? value === 'true' : value;
}

/** Opens the dialog. `onChanged()` is called when something was stored. Answers how to close it. */
export function openCorrection(row, { onChanged, onClose }) {
  const form = formState(valuesOf(row));
  const providers = signal(providersOfOld);
  // Providers that users added to the rules are known by the interfaces they have.
  get('/interfaces/summary').then(({ by_provider: counts }) => {
    providers.value = [...new Set([...providersOfOld, ...Object.keys(counts)])].sort();
  }, () => {});
  return openDialog({
    title: `Correct ${row.device_name} ${row.if_name ?? ''}`,
    body: () => correctionForm(row, form, providers.value),
    actions: [{ title: 'Save', kind: 'primary', run: () => save(row, form, onChanged) }],
    onClose,
  });
}

function correctionForm(row, form, providers) {
  const ruled = (now) => ({ value: byRules, title: `as the rules say${now}` });
  const now = (name, text) => (row.overrides.includes(name) ? '' : `: ${text}`);
  const yesNo = [{ value: 'true', title: 'yes' }, { value: 'false', title: 'no' }];
  return html`<div class="interface-correct">
    <p class="interface-note">What you set survives rediscovery.</p>
    ${field({ ...form.bind('interface_type'), label: 'What it is for', kind: 'choice',
      choices: [ruled(now('interface_type', word(row.interface_type))),
        ...interfaceTypes.map((name) => ({ value: name, title: word(name) }))] })}
    ${field({ ...form.bind('isp_provider'), label: 'Provider', kind: 'choice',
      choices: [ruled(now('isp_provider', row.isp_provider || 'none')), { value: noProvider, title: 'none' }, ...providers] })}
    ${field({ ...form.bind('is_critical'), label: 'Critical', kind: 'choice',
      choices: [ruled(now('is_critical', row.is_critical ? 'yes' : 'no')), ...yesNo] })}
    ${field({ ...form.bind('monitoring_enabled'), label: 'Monitoring', kind: 'choice', hint: 'Of its counters.',
      choices: [ruled(now('monitoring_enabled', row.monitoring_enabled ? 'yes' : 'no')), ...yesNo] })}
    ${field({ ...form.bind('notes'), label: 'Notes', kind: 'textarea' })}
  </div>`;
}

async function save(row, form, onChanged) {
  const changes = changesOf(row, form.values.peek());
  if (Object.keys(changes).length === 0) return;
  await form.send(() => patch(`/interfaces/${row.id}`, changes));
  toast('The interface was corrected');
  onChanged();
}

/** Gives one field back to the rules, with a way to take that back. */
export async function giveBack(row, name, onChanged) {
  await patch(`/interfaces/${row.id}`, { [name]: null });
  onChanged();
  toast(`The rules decide about ${ruledFields[name]} again`, {
    undo: async () => {
      await patch(`/interfaces/${row.id}`, { [name]: row[name] ?? '' });
      onChanged();
    },
  });
}
