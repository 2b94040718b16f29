import { del, patch } from '../../core/api.js';
import { html } from '../../core/html.js';
import { navigate, place, setQuery } from '../../core/router.js';
import { signal } from '../../core/signal.js';
import { openDialog, toast } from '../../ui/dialog.js';
import { field } from '../../ui/form.js';
import { changesOf, detailFields, deviceBody, deviceValues, placeFields, profileChoices } from './device-form.js';
import { discover, loadProfiles } from './discover.js';
import { formState } from './form-state.js';

/** Which dialog the place asks for, once there is a device to open it for: 'edit', 'remove' or ''. */
export function dialogInPlace(page) {
  const { query } = place;
  if (!page.device.data.value) return '';
  return query.get('edit') ? 'edit' : query.get('remove') ? 'remove' : '';
}

/** Opens the dialog of a device that the place asks for. Answers how to close it. */
export function openInPlace(page, dialog) {
  const device = page.device.data.peek();
  const onClose = () => setQuery({ edit: null, remove: null });
  if (dialog === 'remove') return openRemoval(device, onClose);
  if (dialog !== 'edit') return undefined;
  let close = () => {};
  let isOver = false;
  loadProfiles().catch(() => []).then(profiles => {
    if (!isOver) close = openEditor(device, profiles, changes => afterChange(page, changes), onClose);
  });
  return () => {
    isOver = true;
    close();
  };
}

// Another way to ask it is tried at once.
function afterChange(page, changes) {
  page.device.reload();
  if (['ip', 'port', 'credential_profile'].some(name => name in changes)) discover(page);
}

function openEditor(device, profiles, onChanged, onClose) {
  const form = formState(deviceValues(device));
  const choices = profileChoices(profiles, { chosen: device.credential_profile ?? '' });
  return openDialog({
    title: `Edit ${device.name}`,
    body: () => html`<div class="device-form">${placeFields(form, choices)}${detailFields(form)}</div>`,
    actions: [{ title: 'Save', kind: 'primary', run: () => save(device, form, onChanged) }],
    onClose,
  });
}

async function save(device, form, onChanged) {
  const changes = changesOf(device, deviceBody(form.values.peek()));
  const changed = await form.send(() => patch(`/devices/${device.id}`, changes));
  toast(`${changed.name} was changed`);
  onChanged(changes);
}

// The name has to be written, so that nobody removes the wrong one by a key too many.
function openRemoval(device, onClose) {
  const written = signal('');
  const refusal = signal(null);
  return openDialog({
    title: `Remove ${device.name}?`,
    body: () => removalBody(device, written, refusal),
    actions: [{ title: 'Remove it', kind: 'danger', run: () => remove(device, written.peek(), refusal) }],
    onClose,
  });
}

function removalBody(device, written, refusal) {
  return html`<p>Its interfaces, traffic and baselines go too; its alerts stay.</p>
    ${field({ label: `Write ${device.name} to confirm`, name: 'confirmation', kind: 'text', value: written.value,
      error: refusal.value, onInput: text => (written.value = text) })}`;
}

async function remove(device, written, refusal) {
  if (written.trim() !== device.name) {
    refusal.value = `This is not ${device.name}.`;
    return false;
  }
  await del(`/devices/${device.id}`);
  toast(`${device.name} was removed`);
  navigate('/devices');
  return true;
}
