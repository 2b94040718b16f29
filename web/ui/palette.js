/** The palette: search and go anywhere by keys. */
import { get } from '../core/api.js';
import { html } from '../core/html.js';
import { navigate } from '../core/router.js';
import { effect, signal } from '../core/signal.js';
import { destinations, furtherPages } from './destinations.js';
import { openDialog } from './dialog.js';
import { statusMark, statusOf } from './parts.js';

const pause = 140;
const most = { devices: 6, interfaces: 8 };
let isOpen = false;

/** Opens the palette. */
export function openPalette() {
  if (isOpen) return;
  isOpen = true;
  const palette = new Palette();
  palette.open();
}

class Palette {
  constructor() {
    this.text = signal('');
    this.found = signal({ devices: [], interfaces: [], asked: '', failed: false });
    this.chosen = signal(0);
    this.abort = null;
  }

  open() {
    this.close = openDialog({
      title: 'Search, or go to', className: 'dialog-palette', body: () => this.view(),
      onClose: () => {
        isOpen = false;
        this.stop();
        this.abort?.abort();
      },
    });
    let due = 0;
    this.stop = effect(() => {
      const text = this.text.value.trim();
      due = window.setTimeout(() => this.search(text), pause);
      return () => clearTimeout(due);
    });
  }

  async search(text) {
    this.abort?.abort();
    this.abort = new AbortController();
    const { signal: abort } = this.abort;
    if (text.length < 2) {
      this.found.value = { devices: [], interfaces: [], asked: text, failed: false };
      return;
    }
    try {
      const [devices, interfaces] = await Promise.all([
        get('/devices', { q: text, limit: most.devices, sort: 'name' }, { signal: abort }),
        get('/interfaces/list', { q: text, limit: most.interfaces, sort: '-is_critical,device_name,if_name' }, { signal: abort }),
      ]);
      this.found.value = { devices: devices.items, interfaces: interfaces.items, asked: text, failed: false };
    } catch (error) {
      if (error.name !== 'AbortError') this.found.value = { devices: [], interfaces: [], asked: text, failed: true };
    }
  }

  /** The entries now: `[{group, url, text, more, mark}]`; `mark` is a state. */
  entries() {
    const text = this.text.value.trim().toLowerCase();
    const pages = [...destinations, ...furtherPages].filter(one => !text || one.title.toLowerCase().includes(text));
    const { devices, interfaces } = this.found.value;
    const all = text ? `?q=${encodeURIComponent(this.text.value.trim())}` : '';
    return [
      ...pages.slice(0, text ? 4 : 20).map(one =>
        ({ group: 'Pages', url: one.path, text: one.title, more: one.key ? `g ${one.key}` : null })),
      ...devices.map(one => ({ group: 'Devices', url: `/devices/${one.id}`, mark: one.status, text: one.name, more: one.ip })),
      ...interfaces.map(one => ({ group: 'Interfaces', url: `/interfaces/${one.id}`, mark: statusOf(one),
        text: `${one.device_name} ${one.if_name ?? one.if_descr ?? ''}`, more: one.if_alias })),
      ...(text.length >= 2 ? [{ group: 'Lists', url: `/interfaces${all}`, text: `All interfaces with “${this.text.value.trim()}”` },
        { group: 'Lists', url: `/devices${all}`, text: `All devices with “${this.text.value.trim()}”` }] : []),
    ];
  }

  view() {
    const entries = this.entries();
    const chosen = Math.min(this.chosen.value, entries.length - 1);
    return html`<label class="visually-hidden" for="palette-input">Search</label>
      <input class="input palette-input" id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list"
        autocomplete="off" spellcheck="false" autofocus
        aria-activedescendant=${entries.length ? `palette-${chosen}` : null} placeholder="Name, address, alias, page"
        .value=${this.text.value}
        @input=${event => this.typed(event.target.value)} @keydown=${event => this.pressed(event, entries, chosen)}>
      <div class="palette-list" id="palette-list" role="listbox"
        aria-label="Found">${groupsOf(entries).map(([group, list]) => html`<div role="group" aria-label=${group} class="palette-group">
        <div class="palette-title" aria-hidden="true">${group}</div>${list.map(({ entry, at }) =>
          this.option(entry, at, at === chosen))}</div>`)}</div>
      <p class="palette-foot" role="status">${this.found.value.failed ? 'The server does not answer; only pages are found.' : entries.length
        ? '↑ ↓ to choose, Enter to go' : 'Nothing found.'}</p>`;
  }

  option(entry, at, isChosen) {
    return html`<div class="palette-option" id="palette-${at}" role="option" aria-selected=${isChosen ? 'true' : 'false'}
      @click=${() => this.go(entry)}>
      <span class="palette-text">${entry.mark
        ? html`${statusMark(entry.mark)}<span class="visually-hidden">${entry.mark} </span>`
        : null}${entry.text}</span><span class="palette-more">${entry.more}</span></div>`;
  }

  typed(text) {
    this.text.value = text;
    this.chosen.value = 0;
  }

  pressed(event, entries, chosen) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length) {
      event.preventDefault();
      this.chosen.value = (chosen + step + entries.length) % entries.length;
      document.getElementById(`palette-${this.chosen.peek()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (entries[chosen]) this.go(entries[chosen]);
    }
  }

  go(entry) {
    this.close();
    navigate(entry.url);
  }
}

function groupsOf(entries) {
  const groups = new Map();
  entries.forEach((entry, at) => groups.set(entry.group, [...(groups.get(entry.group) ?? []), { entry, at }]));
  return [...groups];
}
