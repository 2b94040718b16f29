import { html } from '../../core/html.js';
import { field } from '../../ui/form.js';
import { choicesOf, deviceTypes } from './words.js';

/** The value of the profile field that stands for one that is to be made. */
export const newProfile = '+';

/** The fields of a device as texts, of a device of the API or of a query: {name, ip, port, …}. */
export function deviceValues(device = {}) {
  return {
    name: device.name ?? '', ip: device.ip ?? '', port: String(device.port ?? 161),
    device_type: device.device_type ?? 'other', credential_profile: device.credential_profile ?? '',
    location: device.location ?? '', tags: (device.tags ?? []).join(', '), enabled: device.enabled ?? true,
  };
}

/** The body that the API takes, of the fields as they were filled in. */
export function deviceBody(values) {
  return {
    name: values.name.trim(), ip: values.ip.trim(), port: Number(values.port || 161),
    device_type: values.device_type, credential_profile: values.credential_profile || null,
    location: values.location.trim() || null, tags: tagsOf(values.tags), enabled: values.enabled,
  };
}

/** What of a body is other than the device has it; what stays is not sent, so that nobody's change is undone. */
export function changesOf(device, body) {
  const before = deviceBody(deviceValues(device));
  const isOther = ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(body).filter(isOther));
}

/** `core, floor 3` -> ['core', 'floor 3'], each once. */
export function tagsOf(text) {
  return [...new Set(text.split(',').map(tag => tag.trim()).filter(Boolean))];
}

/** Choices of the profile field: the profiles of the API by name, and one that is to be made. */
export function profileChoices(profiles, { chosen = '', canMake = false } = {}) {
  const names = profiles.map(profile => profile.name);
  const isGone = chosen && chosen !== newProfile && !names.includes(chosen);
  return [
    { value: '', title: names.includes('default') ? 'default' : 'default (there is none yet)' },
    ...names.filter(name => name !== 'default').map(name => ({ value: name, title: name })),
    ...(isGone ? [{ value: chosen, title: `${chosen} (there is none of this name)` }] : []),
    ...(canMake ? [{ value: newProfile, title: 'A new profile …' }] : []),
  ];
}

/** What a device must have: how it is called, where it is, and what it is asked with. */
export function placeFields(form, choices) {
  return html`
    ${field({ ...form.bind('name'), label: 'Name', kind: 'text', required: true,
      hint: 'BR-017-SW-01; once only.' })}
    ${field({ ...form.bind('ip'), label: 'Address', kind: 'text', required: true,
      hint: 'IPv4, IPv6 or host name.' })}
    ${field({ ...form.bind('credential_profile'), label: 'Credential profile', kind: 'choice', choices,
      hint: 'With its community or user.' })}`;
}

/** What may be left as it is. */
export function detailFields(form) {
  return html`
    ${field({ ...form.bind('device_type'), label: 'Type', kind: 'choice', choices: choicesOf(deviceTypes),
      hint: '“other”: as it says itself.' })}
    ${field({ ...form.bind('port'), label: 'UDP port', kind: 'number', hint: 'Mostly 161.' })}
    ${field({ ...form.bind('location'), label: 'Location', kind: 'text' })}
    ${field({ ...form.bind('tags'), label: 'Tags', kind: 'text', hint: 'core, floor 3' })}
    ${field({ ...form.bind('enabled'), label: 'Switched on', kind: 'flag',
      hint: 'When off it is not asked.' })}`;
}
