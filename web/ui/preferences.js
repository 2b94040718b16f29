/** Settings of this browser, and signing in. */
import { get, isSignInWanted } from '../core/api.js';
import { browserZone, linkedZone } from '../core/clock.js';
import { html } from '../core/html.js';
import { live } from '../core/live.js';
import { settings } from '../core/settings.js';
import { signal } from '../core/signal.js';
import { openDialog } from './dialog.js';
import { field } from './form.js';
import { toast } from './toast.js';

const themes = [{ value: 'system', title: 'as the system' }, { value: 'light', title: 'light' }, { value: 'dark', title: 'dark' }];
const densities = [{ value: 'normal', title: 'ordinary' }, { value: 'dense', title: 'dense' }];
let isAsking = false;

/** Shows the settings; what is changed holds at once. */
export function openPreferences() {
  const close = openDialog({ title: 'Settings', body: () => html`
    ${field({ label: 'Theme', name: 'theme', kind: 'choice', choices: themes, value: settings.theme.value,
      onInput: value => (settings.theme.value = value) })}
    ${field({ label: 'Rows', name: 'density', kind: 'choice', choices: densities, value: settings.density.value,
      onInput: value => (settings.density.value = value) })}
    ${field({ label: 'Times are shown in', name: 'zone', kind: 'choice', choices: zoneChoices(), value: linkedZone.value
      || settings.zone.value, onInput: setZone,
      hint: linkedZone.value ? 'Taken from the link that was followed.' : null })}
    ${field({ label: 'Keys without Ctrl', name: 'keys', kind: 'flag', value: settings.keys.value,
      onInput: value => (settings.keys.value = value) })}
    <p class="settings-token">${settings.token.value
      ? html`Signed in with an access token. <button type="button" class="button" @click=${() => signOut(close)}>Sign out</button>`
      : html`Not signed in; where the server wants a token it asks.
        <button type="button" class="button" @click=${() => { close(); openSignIn(); }}>Sign in</button>`}</p>` });
}

function zoneChoices() {
  const all = /** @type {any} */ (Intl).supportedValuesOf?.('timeZone') ?? [];
  const named = [...new Set(['UTC', linkedZone.value, settings.zone.value, ...all])].filter(Boolean);
  return [{ value: '', title: `this browser’s (${browserZone})` }, ...named];
}

function setZone(name) {
  linkedZone.value = '';
  settings.zone.value = name;
}

function signOut(close) {
  settings.token.value = '';
  close();
  toast('Signed out');
  live.refresh();
}

/** Asks for an access token, and tries it. */
export function openSignIn() {
  if (isAsking) return;
  isAsking = true;
  const token = signal('');
  openDialog({
    title: 'Sign in',
    body: () => html`<p>The server wants an access token. <code>wardflux tokens create NAME</code> on the server makes one.</p>
      ${field({ label: 'Access token', name: 'token', kind: 'password', required: true, value: token.value,
        autocomplete: 'current-password', onInput: text => (token.value = text.trim()),
        hint: 'Kept in this browser until you sign out.' })}`,
    actions: [{ title: 'Sign in', kind: 'primary', run: () => signIn(token.peek()) }],
    onClose: () => {
      isAsking = false;
      isSignInWanted.value = false;
    },
  });
}

async function signIn(token) {
  const before = settings.token.peek();
  settings.token.value = token;
  try {
    await get('/interfaces/summary');
  } catch (error) {
    if (error.status === 401) settings.token.value = before;
    if (error.status === 401) throw Object.assign(error,
      { remedy: 'See that it was copied whole, and was not revoked: wardflux tokens list.' });
    throw error;
  }
  live.refresh();
}
