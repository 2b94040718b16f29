import { del, get, patch, post, put } from '../core/api.js';
import { ago, count } from '../core/format.js';
import { html, render } from '../core/html.js';
import { resource } from '../core/resource.js';
import { href, place, setQuery } from '../core/router.js';
import { effect } from '../core/signal.js';
import { openDialog, toast } from '../ui/dialog.js';
import { empty } from '../ui/parts.js';
import { shown } from '../ui/shown.js';
import { table } from '../ui/table.js';
import { endAll, stages } from '../ui/stages.js';
import { formState } from './devices/form-state.js';
import { confirm } from './shared/confirm.js';
import { neededFields, profileBody, profileFields, profileValues } from './devices/profile-form.js';

/** `/profiles?new=1&edit=NAME`: what devices are asked with; secrets go in only. */
export const profilesPage = {
  title: () => 'Credential profiles',
  mount(root) {
    const profiles = resource(load, { on: ['catalog'] });
    const stop = effect(() => render(view(profiles), root));
    const stopDialogs = stages(() => dialogInPlace(profiles), name => openNamed(name, profiles));
    return endAll(stop, stopDialogs, profiles);
  },
};

/** The profiles with the number of devices that name each: [{…Profile, devices}]. */
async function load(signal) {
  const page = await get('/profiles', {}, { signal });
  return Promise.all(page.items.map(async profile => {
    const users = await get('/devices', { credential_profile: profile.name, limit: 1 }, { signal });
    return { ...profile, devices: users.total };
  }));
}

function view(profiles) {
  return html`<div class="device-head"><p class="device-lead">What devices are asked with. Secrets are never shown again.</p>
      <a class="button primary" href=${href('/profiles', { new: '1' })}>New profile</a></div>
    ${shown(profiles, rows => list(rows, profiles))}`;
}

function list(rows, profiles) {
  if (rows.length === 0) return noProfiles();
  return table({ caption: 'Credential profiles', columns: columns(profiles), rows, keyOf: row => row.name });
}

function noProfiles() {
  return empty({
    title: 'There is no credential profile yet',
    text: 'It holds a community, or a user of version 3; “default” is for devices that name none.',
    action: html`<a class="button primary" href=${href('/profiles', { new: '1' })}>Make the first one</a>`,
  });
}

function columns(profiles) {
  return [
    { id: 'name', title: 'Name', render: row => html`<a href=${href('/profiles', { edit: row.name })}>${row.name}</a>` },
    { id: 'version', title: 'Version', render: row => row.version },
    { id: 'level', title: 'Level', render: row => row.level ?? '–' },
    { id: 'user', title: 'User', render: row => row.user ?? '–' },
    { id: 'protocols', title: 'Protocols', render: row => [row.auth_protocol, row.priv_protocol].filter(Boolean).join(' + ') || '–' },
    { id: 'devices', title: 'Devices', numeric: true, render: usersCell },
    { id: 'fault', title: 'Can be used', render: row => (row.fault ? html`<span class="field-error">${row.fault}</span>` : 'yes') },
    { id: 'updated_at', title: 'Changed', render: row => ago(row.updated_at) },
    { id: 'actions', title: 'Actions', render: row => html`<span class="device-actions device-cell">
      <a class="button" href=${href('/profiles', { edit: row.name })} aria-label=${`Edit ${row.name}`}>Edit</a>
      <button type="button" class="button" aria-label=${`Remove ${row.name}`}
        @click=${() => askToRemove(row, profiles)}>Remove</button></span>` },
  ];
}

function usersCell(row) {
  const filter = row.name === 'default' ? null : row.name;
  return row.devices ? html`<a href=${href('/devices', { profile: filter ?? row.name })}>${count(row.devices)}</a>` : '0';
}

/** The profile whose dialog the place asks for, once it is known; '+' for a new one, '' for none. */
function dialogInPlace(profiles) {
  const { query } = place;
  const name = query.get('edit');
  if (query.get('new')) return '+';
  return name && profiles.data.value?.some(profile => profile.name === name) ? name : '';
}

function openNamed(name, profiles) {
  if (name === '') return undefined;
  const stored = profiles.data.peek()?.find(profile => profile.name === name);
  return openEditor(stored ?? null, profiles);
}

function openEditor(stored, profiles) {
  const form = formState(profileValues(stored ?? {}));
  return openDialog({
    title: stored ? `Profile ${stored.name}` : 'New credential profile',
    body: () => html`<div class="device-form">${profileFields(form, { stored })}</div>`,
    actions: [{ title: stored ? 'Save' : 'Make it', kind: 'primary', run: () => save(form, stored, profiles) }],
    onClose: () => setQuery({ new: null, edit: null }),
  });
}

async function save(form, stored, profiles) {
  if (!stored && !form.need(neededFields(form.values.peek()))) return false;
  await form.send(values => (stored ? change(stored, values) : post('/profiles', { name: values.name.trim(), ...profileBody(values) })));
  toast(stored ? `${stored.name} was changed` : 'The profile was made');
  profiles.reload();
  return true;
}

/** Another version has other fields: the profile is replaced as a whole then. */
function change(stored, values) {
  const body = profileBody(values);
  const isReplaced = stored.fault || (stored.version === '3') !== (values.version === '3');
  return isReplaced ? put(`/profiles/${stored.name}`, body) : patch(`/profiles/${stored.name}`, body);
}

function askToRemove(row, profiles) {
  confirm({
    title: `Remove the profile ${row.name}?`, text: row.devices ? `${count(row.devices)} devices name it.` : 'No device names it.',
    action: 'Remove it', kind: 'danger',
    run: async () => {
      await del(`/profiles/${row.name}`);
      toast(`${row.name} was removed`);
      profiles.reload();
    },
  });
}
