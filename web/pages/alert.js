/** One alert: all that is known of it, and what can be done about it. */
import { get } from '../core/api.js';
import { ago, moment } from '../core/format.js';
import { html, keyed } from '../core/html.js';
import { bindKeys } from '../core/keys.js';
import { resource } from '../core/resource.js';
import { setTitle } from '../core/title.js';
import { copyLinkButton, section, status } from '../ui/parts.js';
import { draw } from '../ui/shown.js';
import { endAll } from '../ui/stages.js';
import { acknowledgeOrNot, askAcknowledge, askSilence, unacknowledge } from './alerts/actions.js';
import { chartHref, evidencePart, explainsPart, factsPart, holdPart, lifePart, remedyPart, toldPart } from './alerts/story.js';
import { oneShown } from './shared/one.js';

const EARLIER = 10;

/** @type {{title: () => string, mount: (root: Element, place: {params: {id: string}}) => () => void}} */
export const alertPage = {
  title: () => 'Alert',
  mount(root, { params }) {
    const story = resource(abort => get(`/alerts/${params.id}`, null, { signal: abort }),
      { on: ['alert', 'alerts', 'silence', 'maintenance_window'] });
    const earlier = resource(async abort => earlierOf(story.data.value, abort), {});
    const onAlert = ask => () => story.data.peek() && ask(story.data.peek(), story.reload);
    return endAll(
      bindKeys('Alert', [
        { keys: 'a', does: 'acknowledge, or take it back', run: onAlert(acknowledgeOrNot) },
        { keys: 's', does: 'silence alerts like it', run: onAlert(askSilence) },
      ]),
      draw(root, () => oneShown(story, { title: 'All alerts', href: '/alerts' }, (alert, age) => view(alert, age, story.reload, earlier)),
        [story, earlier], { hasKeys: false }),
    );
  },
};

/** What the same entity had of the same kind before. */
async function earlierOf(alert, abort) {
  if (!alert) return null;
  const entity = alert.interface_id ? { interface_id: alert.interface_id } : alert.device_id ? { device_id: alert.device_id } : null;
  if (!entity) return null;
  const page = await get('/alerts/history', { ...entity, condition: alert.condition, limit: EARLIER + 1 }, { signal: abort });
  return { total: page.total - 1, items: page.items.filter(row => row.id !== alert.id).slice(0, EARLIER) };
}

function view(alert, age, reload, earlier) {
  setTitle(alert.message);
  return html`<article class="alert-page">
    ${head(alert, age, reload)}
    ${acknowledgement(alert)}
    ${holdPart(alert)}
    ${remedyPart(alert.context.remedy)}
    <div class="alert-columns">
      <div>${factsPart(alert)}${evidencePart(alert)}${labelsPart(alert.labels)}</div>
      <div>${lifePart(alert)}${toldPart(alert)}${explainsPart(alert)}${earlierPart(earlier.data.value)}</div>
    </div>
  </article>`;
}

function head(alert, age, reload) {
  return html`<div class="alert-head">
    <p class="alert-state">${status(alert.severity)} ${status(alert.state)}
      <span class="alert-muted">since ${moment(alert.started_at)}, ${ago(alert.started_at)}</span> ${age}</p>
    ${alert.description ? html`<p class="alert-description">${alert.description}</p>` : null}
    <p class="alert-actions">
      ${alert.state === 'firing' ? html`<button type="button" class="button primary"
        @click=${() => askAcknowledge(alert, reload)} aria-keyshortcuts="a">Acknowledge</button>` : null}
      ${alert.state === 'acknowledged' ? html`<button type="button" class="button"
        @click=${() => unacknowledge(alert, reload)} aria-keyshortcuts="a">Take acknowledgement back</button>` : null}
      ${alert.is_over ? null : html`<button type="button" class="button"
        @click=${() => askSilence(alert, reload)} aria-keyshortcuts="s">Silence</button>`}
      ${alert.interface_id
    ? html`<a class="button" href="${chartHref(alert.interface_id, alert.started_at, alert.resolved_at)}">Chart of that time</a>` : null}
      ${alert.device_id ? html`<a class="button" href="/topology?focus=${alert.device_id}">On the map</a>` : null}
      ${copyLinkButton()}
    </p>
  </div>`;
}

function acknowledgement(alert) {
  if (alert.state !== 'acknowledged') return null;
  const until = alert.acknowledged_until ? `until ${moment(alert.acknowledged_until)}` : 'until it is over';
  return html`<div class="alert-acknowledged" role="note">
    <p><strong>${alert.acknowledged_by ?? 'Somebody'} sees to it</strong> since ${moment(alert.acknowledged_at)}, ${until}.</p>
    ${alert.acknowledgement_note ? html`<p class="alert-text">${alert.acknowledgement_note}</p>` : null}
  </div>`;
}

function earlierPart(earlier) {
  if (!earlier || earlier.items.length === 0) return null;
  return section({ title: `Earlier, of the same kind: ${earlier.total}`, id: 'earlier' }, html`<ul class="alert-plain">
    ${keyed(earlier.items, row => row.id,
      row => html`<li><a href="/alerts/${row.id}">${moment(row.started_at)}</a> ${status(row.severity)} ${status(row.state)}
        <span class="alert-muted">${row.message}</span></li>`)}</ul>`);
}

function labelsPart(labels) {
  const texts = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return section({ title: 'Labels', id: 'labels' },
    html`<p class="alert-labels">${texts.map(text => html`<code class="alert-matcher">${text}</code> `)}</p>`);
}
