/** A dialog that asks for a device by its name. */
import { ApiError, get } from '../../core/api.js';
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { openDialog } from '../../ui/dialog.js';

/** Pause after the last key before devices are looked for, ms: a fast typist asks once. */
const PAUSE = 150;

/** Asks for a device, then runs with it: {title, action, run: async (Device) -> any} -> close(). */
export function chooseDevice({ title, action, run }) {
  const query = signal('');
  const found = signal([]);
  let timer = 0;
  async function look() {
    const page = await get('/devices', { q: query.peek(), limit: 12, sort: 'name' });
    found.value = page.items;
  }
  function typed(event) {
    query.value = event.target.value;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }
  look();
  return openDialog({
    title,
    body: () => searchField(query.value, found.value, typed),
    actions: [{ title: action, kind: 'primary', run: async () => { await run(await exactly(query.peek(), found.peek())); } }],
  });
}

function searchField(value, devices, typed) {
  return html`<label class="job-choose">Device
    <input class="input" type="search" list="job-devices" autocomplete="off" .value=${value} @input=${typed}
      placeholder="name or address" required>
    <datalist id="job-devices">${devices.map((device) => html`<option value=${device.name}>${device.ip}</option>`)}</datalist>
  </label>`;
}

/** The device that was meant: the one of this name, else the only one found. Throws where that is none or several. */
async function exactly(text, devices) {
  const wanted = text.trim().toLowerCase();
  const named = devices.find((device) => device.name.toLowerCase() === wanted)
    ?? (await get('/devices', { q: text.trim(), limit: 2 })).items.find((device, _, all) => all.length === 1);
  if (wanted && named) return named;
  throw new ApiError({
    status: 422, title: 'Which device?', remedy: 'Choose one by its full name.',
    detail: wanted ? `No single device is called “${text.trim()}”.` : 'No device is named.',
  });
}
