import { get, post } from '../core/api.js';
import { count } from '../core/format.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, navigate, place } from '../core/router.js';
import { effect, signal } from '../core/signal.js';
import { setTitle } from '../core/title.js';
import { failed, section, status } from '../ui/parts.js';
import { endAll, stages } from '../ui/stages.js';
import { detailFields, deviceBody, deviceValues, newProfile, placeFields, profileChoices } from './devices/device-form.js';
import { loadProfiles, startDiscovery } from './devices/discover.js';
import { formState } from './devices/form-state.js';
import { neededFields, profileBody, profileFields, profileValues } from './devices/profile-form.js';
import { followed, followRun } from './devices/runs.js';
import { isActive } from './jobs/run.js';
import { troubleBox } from './devices/trouble.js';
import { pageForm, sending } from './shared/page-form.js';

/** `/devices/add?name=&ip=&credential_profile=…`, and `?device=ID&run=ID` once it was added. */
export const deviceAddPage = {
  title: () => 'Add a device',
  mount(root) {
    return stages(() => place.query.get('run'), run => {
      const device = place.peek().query.get('device');
      return device && run ? mountProgress(root, device, run) : mountForm(root);
    });
  },
};

function mountForm(root) {
  const query = Object.fromEntries(place.peek().query);
  const state = {
    device: formState(deviceValues(query.tags ? { ...query, tags: query.tags.split(',') } : query)),
    profile: formState(profileValues(), 'profile-'),
    sending: sending(),
    profiles: resource(loadProfiles),
  };
  const stopFirst = effect(() => offerFirstProfile(state));
  const stop = effect(() => render(formView(state), root));
  return endAll(stop, stopFirst, state.profiles);
}

/** Without any profile nothing can be asked, so that the first one is made along with the first device. */
function offerFirstProfile({ profiles, device, profile }) {
  if (profiles.data.value?.length !== 0) return;
  device.set({ credential_profile: newProfile });
  profile.set({ name: 'default' });
}

function formView(state) {
  const { device, profile, profiles } = state;
  const choices = profileChoices(profiles.data.value ?? [], {
    chosen: device.values.value.credential_profile, canMake: true,
  });
  const makesProfile = device.values.value.credential_profile === newProfile;
  return html`<p class="device-lead">Many at once: <a href="/devices/import">import a file</a>, or
      <a href="/devices/sweep">sweep a range of addresses</a>.</p>
    ${pageForm(state.sending, html`${placeFields(device, choices)}
      ${makesProfile ? html`<fieldset class="device-inset"><legend>The new profile</legend>
        ${profileFields(profile)}</fieldset>` : null}
      <details class="device-more"><summary>Type, port, location, tags</summary>${detailFields(device)}</details>`,
    'Add it and read its interfaces', () => add(state))}`;
}

async function add(state) {
  if (!isComplete(state)) return;
  await makeProfile(state);
  const device = await state.device.send(values => post('/devices', deviceBody(values)));
  const run = await startDiscovery(device.id);
  navigate(href('/devices/add', { device: device.id, run: run.id }));
}

/** Nothing is made before all is there: a profile whose device is refused would be left over. */
function isComplete({ device, profile }) {
  const { credential_profile: chosen } = device.values.peek();
  const isDeviceComplete = device.need({ name: 'Give the device a name.', ip: 'Give its address or host name.' });
  return (chosen !== newProfile || profile.need(neededFields(profile.values.peek()))) && isDeviceComplete;
}

/** Makes the profile first; where the device is refused afterwards, the profile is there and chosen. */
async function makeProfile({ device, profile, profiles }) {
  if (device.values.peek().credential_profile !== newProfile) return;
  const made = await profile.send(values => post('/profiles', { name: values.name.trim(), ...profileBody(values) }));
  device.set({ credential_profile: made.name });
  profiles.reload();
}

function mountProgress(root, deviceId, runId) {
  const device = signal(null);
  const problem = signal(null);
  const total = signal(null);
  const following = followRun(runId, load);

  async function load() {
    try {
      device.value = await get(`/devices/${deviceId}`);
      total.value = (await get(`/interfaces/device/${deviceId}`, { limit: 1 })).total;
    } catch (error) {
      problem.value = error;
    }
  }

  load();
  const stopTitle = effect(() => setTitle(device.value ? `${device.value.name} was added` : 'The device was added'));
  const stop = effect(() => render(progressView(device.value, total.value, problem.value, following), root));
  return endAll(following, stopTitle, stop);
}

function progressView(device, total, problem, following) {
  const run = following.run.value;
  return html`${problem ? failed(problem) : null}
    ${section({ title: 'Its first discovery' }, followed(following, { isTold: Boolean(device?.last_error) }))}
    ${device && run && !isActive(run) ? ending(device, total) : null}`;
}

function ending(device, total) {
  const again = href('/devices/add', {});
  return html`${troubleBox(device, html`<a class="button primary" href=${href(`/devices/${device.id}`, { edit: '1' })}>Correct
      its address or profile</a>`)}
    <p class="device-ending" role="status">${status(device.status)} ${device.name}
      ${total === null ? null : html`has ${count(total)} interfaces.`}</p>
    <p class="device-actions">
      ${total ? html`<a class="button primary" href=${href('/interfaces', { device: device.name })}>Its interfaces</a>` : null}
      <a class="button" href=${`/devices/${device.id}`}>${device.name}</a>
      <a class="button" href=${again}>Add another one</a>
    </p>`;
}
