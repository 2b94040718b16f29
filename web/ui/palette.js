/** The palette: search and go anywhere by keys. */
import { get } from '../core/api.js';
import { href } from '../core/query.js';
import { html } from '../core/html.js';
import { navigate } from '../core/router.js';
import { effect, signal } from '../core/signal.js';
import { chooseByKeys } from './combobox.js';
import { destinations, furtherPages } from './destinations.js';
import { openDialog } from './dialog.js';
import { statusMark, statusOf } from './parts.js';

const pause = 140;
const nothing = { devices: [], interfaces: [], hasFailed: false };
let isOpen = false;

/** Opens the palette. */
export function openPalette() {
  if (isOpen) return;
  isOpen = true;
  new Palette().open();
}

class Palette {
  #text = signal('');
  #found = signal(nothing);
  #chosen = signal(0);
  #abort = new AbortController();
  #close;

  open() {
    const stop = effect(() => {
      const text = this.#text.value.trim();
      const due = setTimeout(() => this.#search(text), pause);
      return () => clearTimeout(due);
    });
    this.#close = openDialog({
      title: 'Search, or go to', className: 'dialog-palette', body: () => this.#view(),
      onClose: () => {
        isOpen = false;
        stop();
        this.#abort.abort();
      },
    });
  }

  async #search(q) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const list = async (path, query) => (await get(path, { q, ...query }, { signal: this.#abort.signal })).items;
    try {
      const [devices, interfaces] = q.length < 2 ? [[], []] : await Promise.all([
        list('/devices', { limit: 6, sort: 'name' }),
        list('/interfaces/list', { limit: 8, sort: '-is_critical,device_name,if_name' }),
      ]);
      this.#found.value = { devices, interfaces, hasFailed: false };
    } catch (error) {
      if (error.name !== 'AbortError') this.#found.value = { ...nothing, hasFailed: true };
    }
  }

  /** The entries now: `[{group, url, text, more, mark}]`; `mark` is a state. */
  #entries() {
    const q = this.#text.value.trim();
    const { devices, interfaces } = this.#found.value;
    const pages = [...destinations, ...furtherPages].filter(one => one.title.toLowerCase().includes(q.toLowerCase()));
    const lists = q.length < 2 ? [] : ['interfaces', 'devices'];
    return [
      ...pages.slice(0, q ? 4 : 20).map(one => ({ group: 'Pages', url: one.path, text: one.title, more: one.key && `g ${one.key}` })),
      ...devices.map(one => ({ group: 'Devices', url: `/devices/${one.id}`, mark: one.status, text: one.name, more: one.ip })),
      ...interfaces.map(one => ({ group: 'Interfaces', url: `/interfaces/${one.id}`, mark: statusOf(one),
        text: `${one.device_name} ${one.if_name ?? one.if_descr ?? ''}`, more: one.if_alias })),
      ...lists.map(one => ({ group: 'Lists', url: href(`/${one}`, { q }), text: `All ${one} with “${q}”` })),
    ];
  }

  #view() {
    const entries = this.#entries();
    const chosen = Math.min(this.#chosen.value, entries.length - 1);
    const groups = [...new Set(entries.map(one => one.group))];
    return html`<label class="visually-hidden" for="palette-input">Search</label>
      <input class="input palette-input" id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list"
        autocomplete="off" spellcheck="false" autofocus aria-activedescendant=${entries.length ? `palette-${chosen}` : null}
        placeholder="Name, address, alias, page" .value=${this.#text.value}
        @input=${event => this.#typed(event.target.value)} @keydown=${event => this.#pressed(event, entries)}>
      <div class="palette-list" id="palette-list" role="listbox" aria-label="Found">${groups.map(group => html`<div role="group"
        aria-label=${group}><div class="palette-title" aria-hidden="true">${group}</div>
        ${entries.map((entry, at) => entry.group === group && this.#option(entry, at, at === chosen))}</div>`)}</div>
      <p class="muted" role="status">${this.#found.value.hasFailed ? 'The server does not answer; only pages are found.'
        : entries.length ? '↑ ↓ to choose, Enter to go' : 'Nothing found.'}</p>`;
  }

  #option({ url, mark, text, more }, at, isChosen) {
    return html`<div class="palette-option" id="palette-${at}" role="option" aria-selected=${String(isChosen)}
      @click=${() => this.#go(url)}><span class="palette-text">${mark && html`${statusMark(mark)}<span
      class="visually-hidden">${mark} </span>`}${text}</span><span class="palette-more">${more}</span></div>`;
  }

  #typed(text) {
    this.#text.value = text;
    this.#chosen.value = 0;
  }

  #pressed(event, entries) {
    chooseByKeys(event, this.#chosen, entries.length, at => this.#go(entries[Math.min(at, entries.length - 1)].url));
    document.getElementById(`palette-${this.#chosen.peek()}`)?.scrollIntoView({ block: 'nearest' });
  }

  #go(url) {
    this.#close();
    navigate(url);
  }
}
