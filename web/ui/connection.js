/** The bar at the foot of the page that says when what is shown is not live. */
import { now } from '../core/clock.js';
import { ago, momentFull } from '../core/format.js';
import { html } from '../core/html.js';
import { live } from '../core/live.js';
import { settings } from '../core/settings.js';
import { openSignIn } from './preferences.js';
import { statusMark } from './status.js';

/** The bar's template: nothing while all is well. */
export function connectionBar() {
  const views = { lost, paused, off };
  return views[live.state.value]?.() ?? null;
}

function lost() {
  const heardAt = live.heardAt.value;
  return html`<div class="bar-inner bar-critical">${statusMark('lost')} <p><strong>The connection to the server is lost.</strong>
    ${heardAt ? `What is shown is from ${momentFull(heardAt)}, ${ago(heardAt)}.` : 'Nothing was heard of it yet.'} It is tried again by
    itself.</p></div>`;
}

function paused() {
  return html`<div class="bar-inner bar-warning">${statusMark('paused')} <p><strong>Held still</strong> at ${momentFull(now.value)}.</p>
    <button type="button" class="button" @click=${live.resume}>Go on live</button></div>`;
}

function off() {
  const isSignedOut = !settings.token.value;
  return html`<div class="bar-inner bar-warning">${statusMark('off')} <p><strong>Nothing is live.</strong>
    ${isSignedOut ? 'The server wants an access token.'
      : 'The server does not take the access token, or this browser cannot follow events.'}</p>
    <button type="button" class="button" @click=${openSignIn}>Sign in</button></div>`;
}
