/** An alert file, checked as it is typed and run over stored history: what it would have told, and what is other. */
import { post } from '../../core/api.js';
import { html } from '../../core/html.js';
import { place, setQuery } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { failed, skeleton } from '../../ui/parts.js';
import { rangeKeys, rangeOf, rangePicker } from '../../ui/range.js';
import { draw } from '../../ui/shown.js';
import { chooseDevice } from '../jobs/device.js';
import { openDraft } from './draft.js';
import { editorView } from './editor.js';
import { replayView } from './replayed.js';

const EXAMPLE = `version: 1

rules:
  - id: bank-uplinks
    condition: high_utilization
    severity: critical
    above: 90
    clear: 85
    for: 5m
    where: {types: isp}
`;

/** Alerts of a list that the server tells; the totals count all. */
const LIMIT = 500;

const FILE = {
  label: 'Alert file', hint: 'Empty: the rules in force. Nobody is told.', example: EXAMPLE,
  fileName: 'alerts.yaml',
};

/** Mounts the view: element -> dispose. */
export function mountReplay(root) {
  const draft = openDraft('wardflux.alerts.draft', '/alerts/rules/check');
  const state = signal({ busy: false, answer: null, error: null });
  const stopKeys = rangeKeys();
  const stop = draw(root, () => html`
    ${editorView(draft, FILE)}
    <div class="rules-bar">
      ${rangePicker(rangeOf(place.value.query))}
      <label>Only rule <input class="input" type="text" size="16" .value=${place.value.query.get('rule') ?? ''}
        @input=${(event) => setQuery({ rule: event.target.value })}></label>
      ${onlyDevice()}
      <button type="button" class="button primary" ?disabled=${state.value.busy || hasErrors(draft)} @click=${() => replay(draft, state)}>
        ${state.value.busy ? 'Replaying…' : 'Replay'}</button>
    </div>
    <div aria-live="polite">${resultView(state.value)}</div>`, [draft]);
  return () => { stopKeys(); stop(); };
}

function hasErrors(draft) {
  return Boolean(draft.problems.value?.some((problem) => problem.severity === 'error'));
}

/** Whose alerts are told: all rules are run whatever is chosen, since others may explain them. */
function onlyDevice() {
  const { query } = place.value;
  if (query.get('device_id') || query.get('interface_id')) {
    return html`<button type="button" class="button" aria-pressed="true"
      @click=${() => setQuery({ device_id: null, interface_id: null })}>One ${query.get('device_id') ? 'device' : 'interface'} only
      ×</button>`;
  }
  const choose = () => chooseDevice({ title: 'Tell alerts of one device only', action: 'Choose',
    run: async (device) => setQuery({ device_id: device.id }) });
  return html`<button type="button" class="button" @click=${choose}>Only one device…</button>`;
}

/** Runs the draft over the range of the URL; without a draft what is in force, with nothing to compare. */
async function replay(draft, state) {
  const { query } = place.peek();
  const { from, to } = rangeOf(query);
  const rules = draft.text.peek().trim() ? draft.text.peek() : null;
  state.value = { ...state.peek(), busy: true };
  try {
    const answer = await post('/alerts/replay', {
      rules, from: from.toISOString(), to: to.toISOString(), limit: LIMIT,
      rule: query.get('rule'), device_id: query.get('device_id'), interface_id: query.get('interface_id'),
    });
    state.value = { busy: false, answer, error: null };
  } catch (error) {
    state.value = { busy: false, answer: null, error };
  }
}

function resultView({ busy, answer, error }) {
  if (busy) return html`<p class="rules-note">This can take a while.</p>${skeleton(6)}`;
  if (error) return failed(error);
  return answer ? replayView(answer) : null;
}
