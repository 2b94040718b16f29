/** One anomaly: why it is one, and what an operator says of it. */
import { get } from '../core/api.js';
import { moment } from '../core/format.js';
import { html, keyed } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { resource } from '../core/resource.js';
import { setTitle } from '../core/title.js';
import { copyLinkButton, deviceLink, interfaceLink, section, status } from '../ui/parts.js';
import { draw } from '../ui/shown.js';
import { endAll } from '../ui/stages.js';
import { chartHref } from './alerts/story.js';
import { askAction, takeBack } from './anomalies/actions.js';
import { chartData, mountChart } from './anomalies/chart.js';
import { comparisonPart, readPart, weeksPart, whyPart } from './anomalies/evidence.js';
import { lastsText, scoreText } from './anomalies/rates.js';
import { ACTIONS, PATTERNS, STATES } from './anomalies/words.js';
import { oneShown } from './shared/one.js';

const KEYS = { expected: 'e', new_normal: 'n', mute: 'm' };
const SAID = 100;

/** @type {{title: () => string, mount: (root: Element, place: {params: {id: string}}) => () => void}} */
export const anomalyPage = {
  title: () => 'Anomaly',
  mount(root, { params }) {
    const anomaly = resource(abort => get(`/anomalies/${params.id}`, null, { signal: abort }), { on: ['anomaly', 'anomalies'] });
    const said = resource(async abort => saidOf(anomaly.data.value, abort), { on: ['anomaly', 'anomalies'] });
    const chart = chartData(anomaly.data);
    const drawing = document.createElement('div');
    drawing.className = 'anomaly-chart';
    const changed = () => { anomaly.reload(); said.reload(); };
    const ask = kind => () => anomaly.data.peek() && askAction(kind, anomaly.data.peek(), changed);
    return endAll(
      draw(root, () => oneShown(anomaly, { title: 'All anomalies', href: '/anomalies' },
        (one, age) => view(one, age, said.data.value, changed, drawing)), [anomaly, chart, said], { hasKeys: false }),
      mountChart(drawing, chart),
      bindKeys('Anomaly', Object.entries(KEYS).map(([kind, keys]) =>
        ({ keys, does: ACTIONS[kind].title.toLowerCase(), run: ask(kind) }))),
    );
  },
};

/** What was said of this one, and of its interface. */
async function saidOf(anomaly, abort) {
  if (!anomaly) return null;
  const page = await get('/anomalies/actions', { interface_id: anomaly.interface_id, limit: SAID }, { signal: abort });
  return page.items.filter(action => concerns(action, anomaly));
}

function concerns(action, anomaly) {
  if (action.anomaly_id) return action.anomaly_id === anomaly.id;
  const isSide = (action.direction ?? anomaly.direction) === anomaly.direction && (action.measure ?? anomaly.measure) === anomaly.measure;
  return isSide && Date.parse(action.created_at) >= Date.parse(anomaly.started_at);
}

function view(anomaly, age, said, changed, drawing) {
  setTitle(anomaly.message);
  return html`<article class="anomaly-page">
    ${head(anomaly, changed, age)}
    ${saidPart(said, changed)}
    ${section({ title: 'Around that time', id: 'chart' }, drawing)}
    <div class="anomaly-columns">
      <div>${whyPart(anomaly)}${comparisonPart(anomaly)}${weeksPart(anomaly)}</div>
      <div>${readPart(anomaly)}</div>
    </div>
  </article>`;
}

function head(anomaly, changed, age) {
  return html`<div class="anomaly-head">
    <p class="anomaly-line">${status(anomaly.severity)} <strong class="anomaly-score">${scoreText(anomaly)}</strong>
      ${PATTERNS[anomaly.pattern] ?? anomaly.pattern},
      ${anomaly.measure} ${anomaly.direction} ${age}</p>
    <p class="anomaly-line">${deviceLink(anomaly.device_id, anomaly.device_name)}
      ${interfaceLink(anomaly.interface_id, anomaly.device_name, anomaly.if_name)}
      <span class="anomaly-muted">${anomaly.if_alias}</span></p>
    <p class="anomaly-line">${lastsText(anomaly)}. ${STATES[anomaly.state] ?? anomaly.state}</p>
    <p class="anomaly-actions">
      <a class="button primary" href="${chartHref(anomaly.interface_id, anomaly.started_at, anomaly.ended_at)}">Chart of that time</a>
      ${Object.entries(KEYS).map(([kind, key]) =>
        html`<button type="button" class="button" @click=${() => askAction(/** @type {any} */ (kind), anomaly, changed)}
          aria-keyshortcuts="${key}">${ACTIONS[kind].title}</button>`)}
      ${anomaly.incident_id ? html`<a class="button" href="/incidents/${anomaly.incident_id}">Incident</a>` : null}
      ${copyLinkButton()}
    </p>
  </div>`;
}

function saidPart(said, changed) {
  if (!said || said.length === 0) return null;
  return section({ title: 'What operators said', id: 'said' }, html`<ul class="anomaly-said">
    ${keyed(said, action => action.id, action => html`<li><strong>${ACTIONS[action.kind].title}</strong> of ${saidOfWhat(action)}
      ${action.until ? `until ${moment(action.until)}` : ''}
      <span class="anomaly-muted">${action.author ?? ''} ${moment(action.created_at)}</span>
      <span class="anomaly-text">${action.note}</span>
      <button type="button" class="button" @click=${() => takeBack(action, changed)}>Take back</button></li>`)}
  </ul>`);
}

function saidOfWhat(action) {
  if (action.anomaly_id) return 'this anomaly';
  return action.direction ? `${action.measure} ${action.direction} of the interface` : 'the interface';
}
