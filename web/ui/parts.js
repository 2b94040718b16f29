/** The small parts that pages are made of. */
import { now, zone, browserZone } from '../core/clock.js';
import { ago, momentFull, percent, timeOf } from '../core/format.js';
import { html } from '../core/html.js';
import { href } from '../core/router.js';
import { messageOf, placeOf } from './form.js';
import { status, statusMark, statusOf } from './status.js';
import { toast } from './toast.js';

export { status, statusMark, statusOf };

/** A link to the page of a device. */
export function deviceLink(id, name) {
  return id ? html`<a href=${href(`/devices/${id}`)}>${name || id}</a>` : html`${name || '–'}`;
}

/** A link to the page of an interface: its name; the device is told to who cannot see it beside. */
export function interfaceLink(id, deviceName, ifName) {
  const name = ifName || 'unnamed';
  if (!id) return html`${name}`;
  return html`<a href=${href(`/interfaces/${id}`)}>${deviceName
    ? html`<span class="visually-hidden">${deviceName} </span>` : null}${name}</a>`;
}

/** Both as links, for where no column tells the device: {id, device_id, device_name, if_name}. */
export function portLink({ id, device_id: deviceID, device_name: deviceName, if_name: name }) {
  return html`${deviceLink(deviceID, deviceName)} ${interfaceLink(id, null, name)}`;
}

/** What stands where there is nothing: why, and what to do next. `action` is a template. */
export function empty({ title, text = null, action = null }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${text ? html`<p>${text}</p>` : null}${action
    ? html`<p class="empty-action">${action}</p>` : null}</div>`;
}

/** What went wrong, what to do, and a button that tries again. `error` is an ApiError or any Error. */
export function failed(error, retry = null) {
  return html`<div class="notice notice-critical" role="alert">
    <div class="notice-text"><p class="notice-title">${statusMark('failed')} ${error.title || 'Something went wrong'}</p>
      ${error.detail || (!error.title && error.message) ? html`<p>${error.detail || error.message}</p>` : null}
      ${error.errors?.length ? html`<ul>${error.errors.slice(0, 5).map(one => html`<li>${errorLine(one)}</li>`)}</ul>` : null}
      ${error.remedy ? html`<p>${error.remedy}</p>` : null}</div>
    ${retry ? html`<button type="button" class="button" @click=${() => retry()}>Try again</button>` : null}</div>`;
}

/**
 * Why a page does not show what it is about: there is no such thing, with the way to the others, or it could not be read.
 * `others`: {title, href} of their list.
 */
export function notShown(error, retry, others) {
  if (error.status !== 404) return failed(error, retry);
  return empty({
    title: error.title, text: 'It was removed, or the link was cut when it was copied.',
    action: html`<a class="button primary" href=${others.href}>${others.title}</a>`,
  });
}

/** One of the errors of a problem document as a line of text. */
function errorLine(error) {
  return [error.line && `line ${error.line}`, placeOf(error), messageOf(error)].filter(Boolean).join(': ');
}

/** Holds the place of what is being loaded: so many rows, or a height such as '20rem'. */
export function skeleton(size = 8) {
  const isRows = typeof size === 'number';
  return html`<div class="skeleton" role="status"
    .style=${isRows ? { '--rows': size } : { height: size }}><span class="visually-hidden">Loading</span></div>`;
}

/** That a baseline is still being learnt. */
export function learning(text) {
  return html`<p class="notice notice-info"><span class="notice-text">${statusMark('running')} ${text}</span></p>`;
}

/** How old data is; says so plainly where it could not be renewed. `at` is ms or a time of the API. */
export function dataAge(at, error = null) {
  const time = timeOf(at);
  if (time === null || time === 0) return html`<span class="age">not read yet</span>`;
  const isOld = Boolean(error);
  return html`<time class="age ${isOld ? 'age-old' : ''}" title=${momentFull(time)}
    datetime=${new Date(time).toISOString()}>${isOld ? html`${statusMark('warning')} not renewed, from ${ago(time)}` : ago(time)}</time>`;
}

/** A figure with its name; a link where there is a list behind it. */
export function tile({ title, value, detail = null, href: target = null, status: word = null }) {
  const inner = html`<span class="tile-title">${word ? statusMark(word) : null}${title}</span><span class="tile-value">${value}</span>
    <span class="tile-detail">${detail}</span>`;
  return target ? html`<a class="tile" href=${target}>${inner}</a>` : html`<div class="tile">${inner}</div>`;
}

/** A bar for both directions of a line, in percent: in above, out below. */
export function meter(inPercent, outPercent) {
  const says = `in ${percent(inPercent)}, out ${percent(outPercent)}`;
  return html`<span class="meter" role="img" aria-label=${says} title=${says}>
    <span class="meter-in ${levelOf(inPercent)}" .style=${{ '--share': shareOf(inPercent) }}></span>
    <span class="meter-out ${levelOf(outPercent)}" .style=${{ '--share': shareOf(outPercent) }}></span></span>`;
}

function shareOf(value) {
  return value == null ? '0%' : `${Math.min(100, Math.max(value > 0 ? 1.5 : 0, value))}%`;
}

function levelOf(value) {
  return value >= 90 ? 'meter-full' : '';
}

/** A part of a page with its heading. */
export function section({ title, actions = null, id = null }, body) {
  return html`<section class="section" id=${id} aria-label=${title}>
    <div class="section-head"><h2>${title}</h2><div class="section-actions">${actions}</div></div>${body}</section>`;
}

/** Views of one page, each with its address: `[{id, title, count}]`, the one chosen, `hrefOf(id)`. */
export function tabs(list, chosen, hrefOf) {
  return html`<nav class="tabs" aria-label="Views">${list.map(tab =>
    html`<a class="tab" href=${hrefOf(tab.id)} aria-current=${tab.id === chosen ? 'page' : null}>
    ${tab.title}${tab.count == null ? null : html` <span class="tab-count">${tab.count}</span>`}</a>`)}</nav>`;
}

/** Names with their values: `[[name, value], …]`; rows without a value are left out. */
export function facts(rows) {
  const known = rows.filter(row => row && row[1] !== null && row[1] !== undefined && row[1] !== '');
  return html`<dl class="facts">${known.map(([name, value]) => html`<div class="fact"><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A button that copies a link to exactly this view. */
export function copyLinkButton() {
  return html`<button type="button" class="button" @click=${copyLink}>Copy link</button>`;
}

/** The address of what is shown now, with the zone where it is not the browser's. */
function linkHere() {
  const url = new URL(location.href);
  if (zone.peek() !== browserZone) url.searchParams.set('zone', zone.peek());
  return url.href.replaceAll('%2C', ',').replaceAll('%2F', '/');
}

/** Copies the address of this view; where the browser does not let us, it is shown for copying by hand. */
async function copyLink() {
  const link = linkHere();
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied');
  } catch {
    toast(html`<label>Copy this link <input class="input toast-link" readonly .value=${link} ref=${selectSoon}></label>`, { lasts: 30 });
  }
}

function selectSoon(input) {
  requestAnimationFrame(() => {
    input.focus();
    input.select();
  });
}
