/** The table of open alerts: dense rows with severity, state, age, and what explains them. */
import { ago, count, moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { deviceLink, interfaceLink, status } from '../../ui/parts.js';
import { pickColumn } from '../../ui/selection.js';
import { table } from '../../ui/table.js';
import { CONDITIONS, HOLDS } from './words.js';

/**
 * The table.
 * @param {{alert: any, depth: number, isOpen: boolean, isReading: boolean}[]} rows as folded() of order.js gives them
 * @param {{isGrouped: boolean, toggleFold: (id: string) => void, acknowledge: (alert: object) => void, silence: (alert: object) => void}}
 * does
 * @param {{value: Map<string, object>, peek: () => Map<string, object>}} picked signal of the rows picked, by the alert's id
 */
export function alertTable(rows, does, picked) {
  const pick = pickColumn(rows, row => row.alert.id, picked, row => isFiring(row.alert));
  return html`<div class="stacked">${table({ caption: 'Open alerts', columns: [pick, ...columnsOf(does)], rows,
    keyOf: row => `${row.depth}:${row.alert.id}`, open: row => `/alerts/${row.alert.id}` })}</div>`;
}

/** Whether an alert waits for somebody to see to it: only these can be acknowledged. */
export function isFiring(alert) {
  return alert.state === 'firing';
}

/**
 * The id of the alert whose row an element is in.
 * @param {Element} root of the list
 * @param {Element|null} element
 * @returns {string|undefined}
 */
export function rowAt(root, element) {
  const row = element && root.contains(element) ? element.closest('tr[data-open]') : null;
  return /** @type {HTMLElement|null} */ (row)?.dataset.open.split('/').at(-1);
}

function columnsOf(does) {
  return [
    { id: 'severity', title: 'Severity', render: ({ alert }) => status(alert.severity) },
    { id: 'state', title: 'State', className: 'alert-wide', render: ({ alert }) => status(alert.state) },
    { id: 'message', title: 'Alert', className: 'alert-what', render: row => message(row, does) },
    { id: 'where', title: 'Where', className: 'alert-wide', render: ({ alert }) => where(alert) },
    { id: 'condition', title: 'Kind', className: 'alert-widest alert-muted', render: ({ alert }) => CONDITIONS[alert.condition]
      ?? alert.condition },
    { id: 'age', title: 'Age', numeric: true,
      render: ({ alert }) => html`<time datetime=${alert.started_at} title=${moment(alert.started_at)}>${ago(alert.started_at)}</time>` },
    { id: 'actions', title: html`<span class="visually-hidden">Actions</span>`, className: 'alert-wide alert-row-actions',
      render: ({ alert }) => actions(alert, does) },
  ];
}

function message(row, does) {
  const { alert, depth } = row;
  return html`<div class="${depth > 0 ? 'alert-explained' : ''} ${alert.is_held ? 'alert-held' : ''}">
    <a class="alert-message" href="/alerts/${alert.id}">${alert.message}</a> ${fold(row, does)}
    <span class="alert-narrow">${alert.state === 'firing' ? null : status(alert.state)} ${where(alert)}</span>
    <span class="alert-notes">${notes(alert, does.isGrouped)}</span></div>`;
}

function fold({ alert, isOpen, isReading }, { isGrouped, toggleFold }) {
  if (!isGrouped || alert.explains === 0) return null;
  return html`<button type="button" class="button alert-fold" aria-expanded=${String(isOpen)} @click=${() => toggleFold(alert.id)}>
    ${isOpen ? '▾' : '▸'} explains ${count(alert.explains)}${isReading ? '…' : ''}</button>`;
}

/** What a row says beside its message: why nobody is told, who sees to it, how often it came back. */
function notes(alert, isGrouped) {
  const acknowledged = [alert.acknowledged_by, alert.acknowledgement_note].filter(Boolean).join(': ');
  return [
    alert.cause && !isGrouped ? html`<span>explained by <a href="/alerts/${alert.cause.alert_id}">${alert.cause.name}</a></span>` : null,
    alert.hold && alert.hold !== 'explained'
      ? html`<span title=${HOLDS[alert.hold]?.text}>not sent: ${HOLDS[alert.hold]?.title ?? alert.hold}</span>`
      : null,
    alert.state === 'acknowledged' && acknowledged ? html`<span>${acknowledged}</span>` : null,
    alert.relapses > 0 ? html`<span>came back ${count(alert.relapses)} times</span>` : null,
  ];
}

function where(alert) {
  if (alert.system) return alert.system;
  return html`${deviceLink(alert.device_id, alert.device_name)}
    ${alert.if_name ? interfaceLink(alert.interface_id, alert.device_name, alert.if_name) : null}
    ${alert.if_alias ? html`<span class="alert-muted alert-alias">${alert.if_alias}</span>` : null}`;
}

function actions(alert, does) {
  const isAcknowledged = alert.state === 'acknowledged';
  return html`${isAcknowledged || alert.state === 'firing'
    ? html`<button type="button" class="button"
      @click=${() => does.acknowledge(alert)}>${isAcknowledged ? 'Take back' : 'Acknowledge'}</button>`
    : null}
    <button type="button" class="button" @click=${() => does.silence(alert)}>Silence</button>`;
}
