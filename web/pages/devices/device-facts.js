import { ago, moment, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href } from '../../core/router.js';
import { facts } from '../../ui/parts.js';
import { word } from './words.js';

/** What is known of a device, as a list of facts. */
export function deviceFacts(device) {
  return facts([
    ['Address', device.port === 161 ? device.ip : `${device.ip}, port ${device.port}`],
    ['Type', word(device.device_type)],
    ['Vendor, model', [device.vendor, device.model].filter(Boolean).join(' ') || '–'],
    ['OS version', device.os_version ?? '–'],
    ['Calls itself', device.sys_name ?? '–'],
    ['Location', device.location || '–'],
    ['Tags', tagLinks(device.tags)],
    ['Credential profile', profileLink(device.credential_profile ?? 'default')],
    ['Last seen', html`<time datetime=${device.last_seen_at} title=${moment(device.last_seen_at)}>${ago(device.last_seen_at)}</time>`],
    ['Up for', seconds(device.uptime)],
    ['Read completely', ago(device.last_complete_discovery_at)],
    ['Added', moment(device.created_at)],
    ['Description', html`<span class="device-description">${device.sys_descr ?? '–'}</span>`],
  ]);
}

function tagLinks(tags) {
  if (tags.length === 0) return '–';
  return html`<span class="device-tags">${tags.map(tag => html`<a href=${href('/devices', { tag })}>${tag}</a>`)}</span>`;
}

function profileLink(name) {
  return html`<a href=${href('/profiles', { edit: name })}>${name}</a>`;
}
