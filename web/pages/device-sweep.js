import { get, post } from '../core/api.js';
import { ago, count } from '../core/format.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { navigate, place } from '../core/router.js';
import { effect } from '../core/signal.js';
import { field } from '../ui/form.js';
import { section, status } from '../ui/parts.js';
import { table } from '../ui/table.js';
import { endAll, stages } from '../ui/stages.js';
import { loadProfiles } from './devices/discover.js';
import { formState } from './devices/form-state.js';
import { followed, followRun } from './devices/runs.js';
import { isActive } from './jobs/run.js';
import { addressCount, rangesOf } from './devices/sweep-findings.js';
import { adoptions, sweepHref, sweepResult } from './devices/sweep-result.js';
import { pageForm, sending } from './shared/page-form.js';

/** `/devices/sweep?ranges=&profiles=&port=&run=`: looks for devices in ranges of addresses. */
export const deviceSweepPage = {
  title: () => 'Look for devices',
  mount(root) {
    return stages(() => place.query.get('run'), run => mountSweep(root, run));
  },
};

function mountSweep(root, runId) {
  const earlier = resource(loadEarlier);
  const { query } = place.peek();
  const state = {
    // Only the address knows what a run was asked with; without the port nothing can be added as it answered.
    asked: query.has('port') ? askOf(valuesOf(query)) : null,
    form: formState(valuesOf(query)), sending: sending(),
    profiles: resource(loadProfiles), earlier, adopted: adoptions(), isPaceShown: valuesOf(query).port !== '161',
    following: runId ? followRun(runId, earlier.reload) : null,
  };
  const stop = effect(() => render(view(state), root));
  return endAll(stop, state.profiles, state.earlier, state.following);
}

function valuesOf(query) {
  return {
    ranges: query.get('ranges') ?? '', profiles: query.get('profiles')?.split(',').filter(Boolean) ?? [],
    port: query.get('port') ?? '161', rate: query.get('rate') ?? '', add: false,
  };
}

async function loadEarlier(signal) {
  const page = await get('/jobs', { job: 'sweep', limit: 5 }, { signal });
  return page.items;
}

/** What the API takes, of the fields as they were filled in. */
function askOf(values) {
  return {
    ranges: rangesOf(values.ranges), port: Number(values.port || 161),
    ...(values.profiles.length ? { profiles: values.profiles } : {}),
    ...(values.rate ? { rate: Number(values.rate) } : {}),
  };
}

function view(state) {
  const run = state.following?.run.value;
  return html`${state.following ? progress(state.following) : null}
    ${run && !isActive(run) ? sweepResult(run, state.asked, state.adopted) : null}
    ${run && isActive(run) ? null : question(state)}
    ${earlierSweeps(state)}`;
}

function progress(following) {
  const run = following.run.value;
  return section({ title: run?.subject ?? 'The sweep' }, followed(following, { unit: 'addresses', isTold: run?.state === 'succeeded' }));
}

function question(state) {
  const { form } = state;
  const addresses = addressCount(rangesOf(form.values.value.ranges));
  return html`${state.following ? html`<h2>Another sweep</h2>` : null}${pageForm(state.sending, html`
    ${field({ ...form.bind('ranges'), label: 'Addresses', kind: 'textarea', required: true,
      hint: '10.1.0.7, 10.1.0.0/24, 10.1.0.1-10.1.0.50.' })}
    ${profileBoxes(state)}
    <details class="device-more" ref=${details => { details.open = state.isPaceShown; }}><summary>Port and pace</summary>
      ${field({ ...form.bind('port'), label: 'UDP port', kind: 'number' })}
      ${field({ ...form.bind('rate'), label: 'Most requests a second', kind: 'number', hint: 'Empty: as the server is set.' })}</details>
    ${field({ ...form.bind('add'), label: 'Add what is new at once', kind: 'flag', hint: 'Else you see it first.' })}`,
  html`Look ${addresses ? html`at ${count(addresses)} addresses` : null}`, () => sweep(form))}`;
}

function profileBoxes({ form, profiles }) {
  const known = profiles.data.value;
  if (!known) return null;
  if (known.length === 0) {
    return html`<p>There is no credential profile. <a href="/profiles?new=1">Make one first</a>.</p>`;
  }
  const chosen = form.values.value.profiles;
  const error = form.problems.value.profiles;
  return html`<fieldset class="device-inset"><legend>Ask with</legend>
    <div class="device-choices">${known.map(({ name }) => html`<label><input type="checkbox" .checked=${chosen.includes(name)}
      @change=${event => form.set({ profiles: toggled(chosen, name, event.target.checked) })}> ${name}</label>`)}</div>
    <p class="muted">${chosen.length ? `In this order: ${chosen.join(', ')}.` : 'None: all are tried, default first.'}</p>
    ${error ? html`<p class="field-error">${error}</p>` : null}</fieldset>`;
}

function toggled(names, name, isChosen) {
  return isChosen ? [...names, name] : names.filter(other => other !== name);
}

async function sweep(form) {
  if (!form.need({ ranges: 'Give a range, such as 10.1.0.0/24.' })) return;
  const ask = askOf(form.values.peek());
  const run = await form.send(values => post('/devices/sweep', { ...ask, add: values.add }));
  navigate(sweepHref(ask, run.id));
}

const earlierColumns = [
  { id: 'subject', title: 'Addresses', render: run => html`<a href=${earlierHref(run)}>${run.subject}</a>` },
  { id: 'state', title: 'State', render: run => status(run.state) },
  { id: 'scheduled_at', title: 'When', render: run => ago(run.scheduled_at) },
  { id: 'devices_answered', title: 'Answered', numeric: true, render: run => count(run.results.devices_answered ?? null) },
  { id: 'devices_new', title: 'New', numeric: true, render: run => count(run.results.devices_new ?? null) },
];

function earlierHref(run) {
  return sweepHref({ ranges: rangesOf(run.subject ?? '') }, run.id);
}

function earlierSweeps({ earlier }) {
  const runs = earlier.data.value;
  if (!runs?.length) return null;
  return section({ title: 'The latest sweeps' },
    table({ caption: 'The latest sweeps', columns: earlierColumns, rows: runs, keyOf: run => run.id }));
}
