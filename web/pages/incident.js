/** One incident: anomalies that began together, and what else was seen then. */
import { get } from '../core/api.js';
import { moment, momentShort, sigma } from '../core/format.js';
import { html, keyed, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { effect } from '../core/signal.js';
import { setTitle } from '../core/title.js';
import { copyLinkButton, dataAge, deviceLink, failed, interfaceLink, notShown, section, skeleton, status } from '../ui/parts.js';
import { chartHref } from './alerts/story.js';
import { lastsText, rateText } from './anomalies/rates.js';
import { PATTERNS, SCOPES, STATES } from './anomalies/words.js';

/** @type {{title: () => string, mount: (root: Element, place: {params: {id: string}}) => () => void}} */
export const incidentPage = {
  title: () => 'Incident',
  mount(root, { params }) {
    const incident = resource(abort => get(`/incidents/${params.id}`, null, { signal: abort }),
      { on: ['incident', 'anomaly', 'anomalies'] });
    const stop = effect(() => render(view(incident), root));
    return () => [stop, () => incident.dispose()].forEach(end => end());
  },
};

function view(resourceOfIncident) {
  const incident = resourceOfIncident.data.value;
  const error = resourceOfIncident.error.value;
  if (!incident) return error ? notShown(error, resourceOfIncident.reload, { title: 'All incidents', href: '/anomalies?view=incidents' })
    : skeleton(12);
  setTitle(incident.title);
  return html`<article class="anomaly-page">
    ${error ? failed(error, () => resourceOfIncident.reload()) : null}
    ${head(incident, dataAge(resourceOfIncident.at.value, error))}
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
  return html`<div class="anomaly-scroll" tabindex="0" role="region" aria-label="Anomalies of the incident"><table class="anomaly-table">
    <thead><tr><th scope="col">Severity</th><th scope="col">Deviation</th><th scope="col">Interface</th><th scope="col">What</th>
      <th scope="col" class="numeric">Was there</th><th scope="col"
        class="numeric">Expected</th><th scope="col">Time</th><th scope="col">Chart</th></tr></thead>
    <tbody>${keyed(rows, row => row.id, member)}</tbody>
  </table></div>`;
}

function member(row) {
  return html`<tr>
    <td>${status(row.severity)}</td>
    <td><a href="/anomalies/${row.id}">${sigma(row.score)} at ${momentShort(row.peak_at)}</a></td>
    <td>${deviceLink(row.device_id, row.device_name)} ${interfaceLink(row.interface_id, row.device_name, row.if_name)}</td>
    <td>${PATTERNS[row.pattern] ?? row.pattern} <span class="anomaly-muted">${row.measure} ${row.direction}</span></td>
    <td class="numeric">${rateText(row.actual, row.measure)}</td><td class="numeric">${rateText(row.expected, row.measure)}</td>
    <td>${moment(row.started_at)}${row.is_over ? '' : ', goes on'}</td>
    <td><a href="${chartHref(row.interface_id, row.started_at, row.ended_at)}"
      aria-label="Chart of ${row.device_name} ${row.if_name} at that time">chart</a></td>
  </tr>`;
}
