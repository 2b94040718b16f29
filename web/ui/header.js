/** The header: brand, navigation, search, and how the connection, the clock and the look stand. */
import { now, zone, zoneLabel } from '../core/clock.js';
import { html } from '../core/html.js';
import { live } from '../core/live.js';
import { place } from '../core/router.js';
import { settings } from '../core/settings.js';
import { destinations, destinationOf } from './destinations.js';
import { openHelp } from './help.js';
import { openPalette } from './palette.js';
import { openPreferences } from './preferences.js';
import { statusMark } from './status.js';

const clock = new Map();
const themes = ['system', 'light', 'dark'];
const themeWords = { system: 'System', light: 'Light', dark: 'Dark' };
const liveWords = { connecting: 'Connecting', live: 'Live', lost: 'Lost', paused: 'Paused', off: 'Not live' };

/** The header's template. */
export function header() {
  const current = destinationOf(place.path);
  return html`<div class="header-top">
      <a class="brand" href="/" aria-label="WARD FLUX, overview">${mark()}<span class="brand-name">WARD FLUX</span></a>
      <button type="button" class="header-search" @click=${openPalette}
        aria-keyshortcuts="Control+K"><span>Search<span class="header-search-more"> devices, interfaces, pages</span></span><kbd>Ctrl
        K</kbd></button>
      <div class="header-tools">
        <button type="button" class="button quiet header-live" aria-pressed=${live.state.value === 'paused' ? 'true' : 'false'}
          title="Hold still, or go on live ( l )" @click=${toggleLive}>
          ${statusMark(live.state.value)}<span>${liveWords[live.state.value]}</span></button>
        <button type="button" class="button quiet header-zone" title="Times are in ${zoneLabel()}"
          @click=${openPreferences}><time>${timeNow()}</time> <span class="header-zone-name">${shortZone()}</span></button>
        <button type="button" class="button quiet header-theme" title="Theme ( t )"
          @click=${nextTheme}><span class="visually-hidden">Theme: </span>${themeWords[settings.theme.value]}</button>
        <button type="button" class="button quiet header-help" title="Keys ( ? )" @click=${openHelp}>Keys</button>
        <button type="button" class="button quiet header-settings" title="Settings"
          @click=${openPreferences}>${gear()}<span>Settings</span></button>
      </div></div>
    <nav class="nav" aria-label="Pages">${destinations.map(one =>
      html`<a class="nav-link" href=${one.path} aria-current=${one === current ? 'page' : null}>${one.title}</a>`)}</nav>`;
}

function mark() {
  return html`<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path class="brand-in" d="M3 15c3.500 0 4-9 7.500-9s3.800 9 6.800 9 3.200-5 5.400-5 2.600 5 5.300 5"></path>
    <path class="brand-out" d="M3 18c3.500 0 4 8 7.500 8s3.800-8 6.800-8 3.200 4 5.400 4 2.600-4 5.300-4"></path></svg>`;
}

function gear() {
  return html`<svg class="header-gear" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><circle cx="8" cy="8" r="2.300"></circle>
    <path d="M8 1v2.2M8 12.8V15M1 8h2.2M12.8 8H15M3 3l1.6 1.6M11.4 11.4l1.6 1.6M3 13l1.6-1.6M11.4 4.6l1.6-1.6"></path></svg>`;
}

function timeNow() {
  if (!clock.has(zone.value)) clock.set(zone.value,
    new Intl.DateTimeFormat('en-GB', { timeZone: zone.value, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  return clock.get(zone.value).format(now.value);
}

function shortZone() {
  const label = zoneLabel();
  return label.includes(', ') ? label.split(', ')[1] : label;
}

/** Holds the page still, or lets it go on. */
export function toggleLive() {
  if (live.state.peek() === 'paused') live.resume();
  else live.pause();
}

/** Takes the next theme: as the system, light, dark. */
export function nextTheme() {
  settings.theme.value = themes[(themes.indexOf(settings.theme.peek()) + 1) % themes.length];
}
