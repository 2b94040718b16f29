import { html } from '../../core/html.js';
import { field } from '../../ui/form.js';

const authProtocols = ['SHA-256', 'SHA-384', 'SHA-512', 'SHA-224', 'SHA', 'MD5'];
const privProtocols = ['AES', 'AES-192', 'AES-256', 'AES-192-C', 'AES-256-C', 'DES'];
const versions = [
  { value: '2c', title: '2c – community' }, { value: '3', title: '3 – user, encrypted' },
  { value: '1', title: '1 – very old devices' },
];
const none = { value: '', title: 'none' };

/** The fields of a profile as texts; secrets are never read, so theirs are empty. */
export function profileValues(profile = {}) {
  const isNew = !profile.version;
  return {
    name: profile.name ?? '', version: profile.version ?? '2c', community: '', user: profile.user ?? '',
    auth_protocol: profile.auth_protocol ?? (isNew ? 'SHA-256' : ''), auth_passphrase: '',
    priv_protocol: profile.priv_protocol ?? (isNew ? 'AES' : ''), priv_passphrase: '',
    context_name: profile.context_name ?? '',
  };
}

/** The body that the API takes; an empty secret is left out, so that a stored one stays. */
export function profileBody(values) {
  const secret = name => (values[name] ? { [name]: values[name] } : {});
  if (values.version !== '3') return { version: values.version, ...secret('community') };
  return {
    version: '3', user: values.user.trim(),
    auth_protocol: values.auth_protocol || null, ...(values.auth_protocol ? secret('auth_passphrase') : {}),
    priv_protocol: values.priv_protocol || null, ...(values.priv_protocol ? secret('priv_passphrase') : {}),
    ...(values.context_name ? { context_name: values.context_name } : {}),
  };
}

/** What a new profile must have, by field, with what is said where it is not there. */
export function neededFields(values) {
  const name = { name: 'Give the profile a name.' };
  if (values.version !== '3') return { ...name, community: 'Give the community.' };
  return {
    ...name, user: 'Give the name of the user.',
    ...(values.auth_protocol ? { auth_passphrase: 'Give at least 8 characters.' } : {}),
    ...(values.priv_protocol ? { priv_passphrase: 'Give at least 8 characters.' } : {}),
  };
}

/** The fields of a profile; `stored` is the one that is changed, null for a new one. */
export function profileFields(form, { stored = null } = {}) {
  return html`
    ${stored ? null : field({ ...form.bind('name'), label: 'Profile name', kind: 'text', required: true,
      hint: 'Letters, digits, . - _; “default” is for devices that name none.' })}
    ${field({ ...form.bind('version'), label: 'SNMP version', kind: 'choice', choices: versions })}
    ${form.values.value.version === '3' ? userFields(form, stored) : communityField(form, stored)}`;
}

function communityField(form, stored) {
  const isKept = stored && stored.version !== '3';
  return secretField(form, 'community', 'Community', isKept);
}

function userFields(form, stored) {
  const values = form.values.value;
  return html`
    ${field({ ...form.bind('user'), label: 'User', kind: 'text', required: true })}
    ${field({ ...form.bind('auth_protocol'), label: 'Authentication', kind: 'choice', choices: protocols(authProtocols) })}
    ${values.auth_protocol
      ? secretField(form, 'auth_passphrase', 'Authentication pass phrase', stored?.auth_protocol) : null}
    ${field({ ...form.bind('priv_protocol'), label: 'Encryption', kind: 'choice', choices: protocols(privProtocols),
      hint: '-C: keys as Cisco lengthens them.' })}
    ${values.priv_protocol
      ? secretField(form, 'priv_passphrase', 'Encryption pass phrase', stored?.priv_protocol) : null}
    ${field({ ...form.bind('context_name'), label: 'Context', kind: 'text', hint: 'Mostly empty.' })}`;
}

function secretField(form, name, label, isKept) {
  const length = name === 'community' ? '' : ' At least 8 characters.';
  const hint = isKept ? 'Empty: the stored one stays.' : `Never shown again.${length}`;
  return field({ ...form.bind(name), label, kind: 'password', hint, required: !isKept });
}

function protocols(names) {
  return [...names.map(name => ({ value: name, title: name })), none];
}
