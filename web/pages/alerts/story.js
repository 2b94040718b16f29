/** Parts of the page of one alert: what was known, why nobody is told, what followed, who was told. */
import { ago, moment } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { href } from '../../core/router.js';
import { deviceLink, facts, interfaceLink, section, status } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { word } from '../devices/words.js';
import { lasted } from '../shared/lasted.js';
import { explainsTree } from './order.js';
import { HOLDS, STEPS } from './words.js';

const AROUND_MILLISECONDS = 3 * 3_600_000;

/**
 * The link to a chart around a moment.
 * @param {string} interfaceId
 * @param {string} from RFC 3339
 * @param {string|null} to RFC 3339; null: it goes on
 */
export function chartHref(interfaceId, from, to) {
  const end = Math.min(Date.now(), (to ? Date.parse(to) : Date.now()) + AROUND_MILLISECONDS);
  return href(`/interfaces/${interfaceId}`, {
    from: new Date(Date.parse(from) - AROUND_MILLISECONDS).toISOString(),
    to: new Date(end).toISOString(),
  });
}

/**
 * Why nobody is told of an alert, and what explains it with the way that leads over the failure.
 * @param {object} alert as GET /alerts/{id} answers
 */
export function holdPart(alert) {
  if (!alert.hold) return null;
  const { title, text } = HOLDS[alert.hold] ?? { title: alert.hold, text: '' };
  return html`<div class="alert-hold" role="note">
    <p><strong>Nobody is told: ${title}.</strong> ${alert.cause ? alert.cause.reason : text}</p>
    ${alert.cause ? causePart(alert.cause) : null}
  </div>`;
}

function causePart({ alert_id: id, name, path }) {
  return html`<p>Cause: <a href="/alerts/${id}">${name}</a></p>
    ${path.length > 0 ? html`<ol class="alert-path"
      aria-label="The way from the poller">${path.map(device =>
      html`<li class="${device === name ? 'alert-path-cause' : ''}">${device}</li>`)}</ol>` : null}`;
}

/**
 * What it is about, since when, and how far it is.
 * @param {object} alert as GET /alerts/{id} answers
 */
export function factsPart(alert) {
  const { device, interface: port } = alert.context;
  const type = alert.interface_type ?? device?.device_type;
  return section({ title: 'What is known', id: 'facts' }, facts([
    ['Device', alert.device_id ? deviceLink(alert.device_id, alert.device_name) : alert.device_name],
    ['Address', device?.ip],
    ['Interface', alert.interface_id ? interfaceLink(alert.interface_id, alert.device_name, alert.if_name) : null],
    ['Alias', alert.if_alias],
    ['Part of WARD FLUX', alert.system],
    ['Type', [type && word(type), alert.isp_provider, alert.is_critical
      ? 'critical' : null].filter(Boolean).join(', ')],
    ['Far end', [port?.lldp_neighbor_name, port?.lldp_neighbor_port].filter(Boolean).join(' ')],
    ['Location', alert.location],
    ['Tags', device?.tags.join(', ')],
    ['Began', when(alert.started_at)],
    ['Fired', when(alert.fired_at)],
    ['Seen last', when(alert.last_seen_at)],
    ['Gone since', when(alert.context.clear_since)],
    ['Over', when(alert.resolved_at)],
    ['Lasted', alert.resolved_at ? lasted(alert.started_at, alert.resolved_at) : null],
    ['Value, limit, worst', values(alert)],
    ['Came back', alert.relapses > 0 ? `${alert.relapses} times` : null],
    ['Rule', alert.rule],
  ]));
}

function when(time) {
  return time ? html`<time datetime="${time}">${moment(time)}</time> <span class="alert-muted">${ago(time)}</span>` : null;
}

function values({ value, threshold, worst }) {
  if (value === null && worst === null) return null;
  const text = number => (number === null ? '–' : `${Number(number.toPrecision(4))}`);
  return `${text(value)}, ${text(threshold)}, ${text(worst)}`;
}

/**
 * What was measured when it fired, and what changed at the device and its neighbours just before.
 * @param {object} alert as GET /alerts/{id} answers
 */
export function evidencePart(alert) {
  const { facts: measured, before } = alert.context;
  return section({ title: 'Evidence when it fired', id: 'evidence' }, html`
    ${measured.length === 0 ? html`<p class="alert-muted">Nothing more.</p>`
      : facts(factsByName(measured))}
    <h3>In the 30 minutes before</h3>
    ${before.length === 0 ? html`<p class="alert-muted">Nothing changed near it.</p>` : html`<ol class="alert-steps">
      ${before.map(change => html`<li><time datetime="${change.at}">${moment(change.at)}</time>
        <span>${changed(change)}</span></li>`)}</ol>`}`);
}

/** Facts of one name are one list. */
function factsByName(measured) {
  const names = [...new Set(measured.map(fact => fact.name))];
  return names.map(name => [name, measured.filter(fact => fact.name === name).map(fact => html`<div>${factText(fact)}</div>`)]);
}

/** Some facts are a time themselves: that is shown in the chosen zone, as all times are. */
function factText({ text, at }) {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return when(text);
  return html`${text} ${at ? html`<span class="alert-muted">${moment(at)}</span>` : null}`;
}

function changed({ text, interface_id: port, device_id: device }) {
  const target = port ? `/interfaces/${port}` : device ? `/devices/${device}` : null;
  return target ? html`<a href="${target}">${text}</a>` : text;
}

/**
 * What to do: a text or a link, from the rule.
 * @param {string|null} remedy
 */
export function remedyPart(remedy) {
  if (!remedy) return null;
  const isLink = /^https?:\/\/\S+$/.test(remedy);
  return html`<div class="alert-remedy"><strong>What to do</strong>
    ${isLink ? html`<a href="${remedy}" rel="noreferrer">${remedy}</a>` : html`<span>${remedy}</span>`}</div>`;
}

/**
 * What it explains, along the ways from the poller.
 * @param {{id: string, explains: number, explained: object[]}} alert
 */
export function explainsPart({ id, explains, explained }) {
  if (explains === 0) return null;
  const rest = explains - explained.length;
  return section({ title: `Explains ${explains}`, id: 'explains', actions: html`<a href="/alerts?cause_id=${id}">As a list</a>` }, html`
    <ul class="alert-tree">${branches(explainsTree(explained))}</ul>
    ${rest > 0 ? html`<p class="alert-muted">and ${rest} more</p>` : null}`);
}

function branches(tree) {
  return keyed(tree, branch => branch.name, branch => html`<li>
    ${isPlain(branch) ? null : html`<span class="alert-branch">${branch.name}</span>`}
    ${branch.alerts.map(alert => html`<div>${status(alert.severity)} ${status(alert.state)}
      <a href="/alerts/${alert.id}">${alert.message}</a></div>`)}
    ${branch.children.length > 0 ? html`<ul>${branches(branch.children)}</ul>` : null}
  </li>`);
}

/** The message of the only alert of a device names the device. */
function isPlain({ alerts, children }) {
  return alerts.length === 1 && children.length === 0;
}

/**
 * What happened to it, the first first.
 * @param {{changes: {at: string, kind: string, author: string|null, text: string}[]}} alert
 */
export function lifePart({ changes }) {
  return section({ title: 'What happened to it', id: 'life' }, html`<ol class="alert-steps">
    ${changes.map(change => html`<li><time datetime="${change.at}">${moment(change.at)}</time>
      <span><strong>${STEPS[change.kind] ?? change.kind}</strong>${change.author ? ` by ${change.author}` : ''}
        <span class="alert-text">${change.text}</span></span></li>`)}
  </ol>`);
}

/**
 * Who was told of it, and what became of each message.
 * @param {{tellings: object[], deliveries: object[], hold: string|null}} alert
 */
export function toldPart({ tellings, deliveries }) {
  const told = tellings.length === 0
    ? html`<p class="alert-muted">Nobody was told.</p>`
    : html`<ul class="alert-plain">${tellings.map(telling =>
      html`<li>${telling.receiver} ${telling.is_over ? 'that it is over' : html`as ${status(telling.severity)}`},
        ${when(telling.at)}</li>`)}</ul>`;
  return section({ title: 'Who was told', id: 'told' }, html`${told}${deliveries.length === 0 ? null : deliveriesTable(deliveries)}`);
}

function deliveriesTable(rows) {
  return table({ caption: 'Deliveries', columns: deliveryColumns, rows });
}

const deliveryColumns = [
  { id: 'receiver', title: 'Receiver', render: row => row.receiver },
  { id: 'state', title: 'State', render: row => status(row.state) },
  { id: 'reason', title: 'Why', render: row => row.reason },
  { id: 'created_at', title: 'Written', render: row => moment(row.created_at) },
  { id: 'ended_at', title: 'Ended',
    render: row => (row.ended_at || !row.due_at ? moment(row.ended_at) : `next try ${moment(row.due_at)}`) },
  { id: 'attempts', title: 'Attempts', numeric: true, render: row => row.attempts },
  { id: 'last_error', title: 'Last error', render: row => row.last_error ?? '–' },
];
