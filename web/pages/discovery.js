/** /discovery: what the network answered, what is new and lost, why devices could not be read, and when they are asked next. */
import { get } from '../core/api.js';
import { html } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, place } from '../core/router.js';
import { computed, signal } from '../core/signal.js';
import { section } from '../ui/parts.js';
import { draw, shown } from '../ui/shown.js';
import { errorGroups } from './discovery/errors.js';
import { foundView, loadFound } from './discovery/found.js';
import { lastScan, SCANS, scansAtWork, scanTable } from './discovery/scans.js';
import { chooseDevice } from './jobs/device.js';
import { start, startHere, subjectNames } from './jobs/run.js';
import { scheduleTable } from './jobs/schedules.js';

/** Days for which what is new and lost can be asked for. */
const DAYS = ['1', '7', '30'];

/** The page of discovery. */
export const discoveryPage = {
  title: () => 'Discovery',
  mount(root) {
    const scans = resource(loadScans, { on: ['job'] });
    const errors = resource((signal) => loadErrors(signal), { on: ['catalog'], every: 60_000 });
    const days = computed(chosenDays);
    const found = resource((signal) => loadFound(days.value, signal), { on: ['catalog', 'topology.changed'], every: 60_000 });
    const isUnfolded = signal(false);
    const schedules = resource((abort) => (isUnfolded.value ? get('/jobs/schedules', { job: SCANS }, { signal: abort }) : null),
      { on: ['job'] });
    return draw(root, () => pageView({ scans, errors, found, schedules, isUnfolded }), [scans, errors, found, schedules]);
  },
};

async function loadScans(signal) {
  const page = await get('/jobs', { job: SCANS, sort: '-scheduled_at', limit: 20 }, { signal });
  return { runs: page.items, names: await subjectNames(page.items, signal) };
}

function loadErrors(signal) {
  return get('/devices', { last_error__isnull: false, enabled: true, sort: 'name', limit: 1000 }, { signal });
}

function chosenDays() {
  const days = place.value.query.get('days');
  return Number(DAYS.includes(days) ? days : '7');
}

function pageView({ scans, errors, found, schedules, isUnfolded }) {
  return html`
    ${startButtons()}
    <div class="discovery-last">${shown(scans, (data) => html`${scansAtWork(data.runs, data.names)}${lastScan(data.runs)}`, 2)}</div>
    ${section({ title: 'Devices that could not be read', id: 'errors' }, shown(errors, errorGroups, 1))}
    ${section({ title: 'Found and lost', id: 'changes', actions: dayLinks() }, shown(found, foundView, 8))}
    ${found.data.value || found.error.value ? runsView(scans, schedules, isUnfolded) : null}`;
}

/** What is below the changes: drawn once these are known, since how many there are decides where it stands. */
function runsView(scans, schedules, isUnfolded) {
  return html`${section({ title: 'Scans', id: 'scans', actions: html`<a href=${href('/jobs', { job: SCANS.join(',') })}>All runs</a>` },
      shown(scans, (data) => scanTable(data.runs, data.names), 8))}
    ${section({ title: 'Schedules', id: 'schedules' }, html`<details class="job-fold"
      @toggle=${(event) => (isUnfolded.value = event.target.open)}><summary>When scans are due</summary>
      ${isUnfolded.value ? shown(schedules, (page) => scheduleTable(page.items), 4) : null}</details>`)}`;
}

function startButtons() {
  return html`<div class="discovery-actions">
    <button type="button" class="button primary"
      @click=${() => startHere('/interfaces/discover/all', undefined, 'Discovery of all interfaces')}>
      Discover all interfaces</button>
    <button type="button" class="button" @click=${() => startHere('/topology/discover', undefined, 'Topology discovery')}>
      Discover topology</button>
    <button type="button" class="button" @click=${discoverOne}>Discover one device…</button>
    <a class="button" href="/devices/add">Add devices or sweep a range</a>
  </div>`;
}

function discoverOne() {
  chooseDevice({
    title: 'Discover one device', action: 'Discover its interfaces',
    run: (device) => start(`/interfaces/discover/${device.id}`, undefined, `Discovery of ${device.name}`),
  });
}

function dayLinks() {
  return html`<nav class="discovery-days" aria-label="Time">${DAYS.map((days) => html`<a
    href=${href('/discovery', { ...Object.fromEntries(place.value.query), days: days === '7' ? null : days })}
    aria-current=${Number(days) === chosenDays() ? 'true' : null}>${days === '1' ? '24 h' : `${days} d`}</a>`)}</nav>`;
}
