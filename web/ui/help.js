/** The sheet of keys. */
import { html } from '../core/html.js';
import { boundKeys } from '../core/keys.js';
import { settings } from '../core/settings.js';
import { openDialog } from './dialog.js';

/** Shows what the keys do now. */
export function openHelp() {
  openDialog({ title: 'Keys', className: 'dialog-wide', body: () => html`
    <p>${settings.keys.value ? 'What is bound on this page now.'
      : 'Keys are switched off in the settings; only those with Ctrl are bound.'}</p>
    <div class="help">${merged(boundKeys.value).map(groupView)}</div>` });
}

function groupView({ title, bindings }) {
  return html`<section class="help-group"><h3>${title}</h3><dl class="help-list">${bindings.map(one => html`<div class="help-row">
    <dt>${one.keys.split(' ').map(step => html`<kbd>${keyName(step)}</kbd> `)}</dt><dd>${one.does}</dd></div>`)}</dl></section>`;
}

// Groups of the same title are one; of the same keys only the latest is bound.
function merged(groups) {
  const seen = new Set();
  const titles = new Map();
  for (const { title, bindings } of groups) {
    const free = bindings.filter(one => !seen.has(one.keys));
    for (const one of free) seen.add(one.keys);
    if (free.length) titles.set(title, [...(titles.get(title) ?? []), ...free]);
  }
  return [...titles].map(([title, bindings]) => ({ title, bindings }));
}

function keyName(step) {
  return step.split(/\+(?=.)/).map(part => names[part.toLowerCase()]
    ?? (step.length > 1 && part.length === 1 ? part.toUpperCase() : part)).join(' ');
}

const names = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', escape: 'Esc', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓',
  enter: 'Enter' };
