/** One incident: anomalies that began together, and what else was seen then. */
import { get } from '../core/api.js';
import { moment, momentShort, sigma } from '../core/format.js';
import { html } from '../core/html.js';
import { resource } from '../core/resource.js';
import { setTitle } from '../core/title.js';
import { copyLinkButton, deviceLink, portLink, section, status } from '../ui/parts.js';
import { draw } from '../ui/shown.js';
import { table } from '../ui/table.js';
import { chartHref } from './alerts/story.js';
import { lastsText, rateText } from './anomalies/rates.js';
import { PATTERNS, SCOPES, STATES } from './anomalies/words.js';
import { oneShown } from './shared/one.js';

/** @type {{title: () => string, mount: (root: Element, place: {params: {id: string}}) => () => void}} */
export const incidentPage = {
  title: () => 'Incident',
  mount(root, { params }) {
    const incident = resource(abort => get(`/incidents/${params.id}`, null, { signal: abort }),
      { on: ['incident', 'anomaly', 'anomalies'] });
    return draw(root, () => oneShown(incident, { title: 'All incidents', href: '/anomalies?view=incidents' }, view), [incident]);
  },
};

function view(incident, age) {
  setTitle(incident.title);
  return html`<article class="anomaly-page">
    ${head(incident, age)}
    ${incident.evidence.length > 0
      ? section({ title: 'What else was seen then', id: 'evidence' },
        html`<ul class="anomaly-why">${incident.evidence.map(sentence => html`<li>${sentence}</li>`)}</ul>`)
      : null}
    ${section({ title: `Anomalies: ${incident.members.length}`, id: 'members' }, members(incident.members))}
  </article>`;
}

function head(incident, age) {
  const where = incident.device_id ? deviceLink(incident.device_id, incident.device_name) : incident.site;
  return html`<div class="anomaly-head">
    <p class="anomaly-line">${status(incident.severity)} ${SCOPES[incident.scope] ?? incident.scope} ${where} ${age}</p>
    <p class="anomaly-line">${lastsText(incident)}. ${STATES[incident.state] ?? incident.state}</p>
    <p class="anomaly-actions">${incident.device_id
      ? html`<a class="button" href="/topology?focus=${incident.device_id}">On the map</a>`
      : null} ${copyLinkButton()}</p>
  </div>`;
}

function members(rows) {
  return table({ caption: 'Anomalies of the incident', columns: memberColumns, rows, open: row => `/anomalies/${row.id}` });
}

const memberColumns = [
  { id: 'severity', title: 'Severity', render: row => status(row.severity) },
  { id: 'score', title: 'Deviation',
    render: row => html`<a href="/anomalies/${row.id}">${sigma(row.score)} at ${momentShort(row.peak_at)}</a>` },
  { id: 'interface', title: 'Interface', render: row => portLink({ ...row, id: row.interface_id }) },
  { id: 'pattern', title: 'What', render: row => `${PATTERNS[row.pattern] ?? row.pattern}, ${row.measure} ${row.direction}` },
  { id: 'actual', title: 'Was there', numeric: true, render: row => rateText(row.actual, row.measure) },
  { id: 'expected', title: 'Expected', numeric: true, render: row => rateText(row.expected, row.measure) },
  { id: 'started_at', title: 'Time', render: row => `${moment(row.started_at)}${row.is_over ? '' : ', goes on'}` },
  { id: 'chart', title: 'Chart', render: row => html`<a href=${chartHref(row.interface_id, row.started_at, row.ended_at)}
    aria-label="Chart of ${row.device_name} ${row.if_name} at that time">chart</a>` },
];
