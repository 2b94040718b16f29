/** Who can be told of alerts, how deliveries to each go, and a button that tries one. */
import { get, post } from '../../core/api.js';
import { ago, count } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { href } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { empty, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { draw, shown } from '../../ui/shown.js';
import { confirm } from '../shared/confirm.js';

/** Mounts the view: element -> dispose. */
export function mountReceivers(root) {
  const receivers = resource((abort) => get('/receivers', {}, { signal: abort }), { on: ['alert'], every: 15_000 });
  const trials = signal({});
  return draw(root, () => shown(receivers, (page) => view(page, trials), 5), [receivers]);
}

function view(page, trials) {
  if (page.items.length === 0) {
    return empty({ title: 'Nobody is told',
      text: 'Write receivers and a route into alerts.yaml.',
      action: html`<a class="button" href="/rules?view=replay">Write and check an alert file</a>` });
  }
  return table({
    caption: 'Receivers', rows: page.items, keyOf: (row) => row.name,
    columns: [
      { id: 'name', title: 'Receiver',
        render: (row) => html`<a href=${href('/status', { view: 'deliveries', receiver: row.name })}>${row.name}</a>` },
      { id: 'kind', title: 'Kind', render: (row) => row.kind ?? 'not configured any more' },
      { id: 'used', title: 'Routed to', render: (row) => (row.is_used ? 'yes' : 'no route leads to it') },
      { id: 'delivered', title: 'Delivered in 7 d', numeric: true, render: (row) => count(row.delivered) },
      { id: 'failed', title: 'Given up', numeric: true, 
        render: (row) => (row.failed > 0 ? status('failed', count(row.failed)) : '0') },
      { id: 'waiting', title: 'Waiting', numeric: true, 
        render: (row) => (row.waiting > 0 ? `${count(row.waiting)}, since ${ago(row.oldest_waiting_at)}` : '0') },
      { id: 'error', title: 'Last error', className: 'status-detail', render: (row) => row.last_error },
      { id: 'trial', title: 'Trial', className: 'status-trial', render: (row) => trialCell(row, trials) },
    ],
  });
}

function trialCell(row, trials) {
  if (!row.kind) return null;
  const trial = trials.value[row.name];
  return html`<button type="button" class="button" ?disabled=${trial?.isBusy} @click=${() => confirmTrial(row.name, trials)}
      aria-label=${`Try ${row.name}`}>${trial?.isBusy ? 'Trying…' : 'Try…'}</button>
    <span role="status">${trial?.text ? status(trial.isTaken ? 'delivered' : 'refused', trial.text) : null}</span>`;
}

function confirmTrial(name, trials) {
  confirm({ title: `Send ${name} a trial?`, text: 'It says that it is a trial.', action: 'Send it',
    run: async () => { tryReceiver(name, trials); } });
}

async function tryReceiver(name, trials) {
  const tell = (trial) => { trials.value = { ...trials.peek(), [name]: trial }; };
  tell({ isBusy: true });
  try {
    const answer = await post(`/receivers/${encodeURIComponent(name)}/trial`);
    tell({ isTaken: answer.is_taken, text: answer.is_taken ? `taken after ${answer.seconds.toFixed(1)} s` : answer.refusal });
  } catch (error) {
    tell({ isTaken: false, text: [error.detail ?? error.title, error.remedy].filter(Boolean).join(' ') });
  }
}
