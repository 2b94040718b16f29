/** The slider over the recorded states of the wiring. */
import { parseTime } from '../../core/clock.js';
import { moment, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';

/** How long the slider must rest before the map follows, in milliseconds. */
const restsAfter = 180;
let timer = 0;

/** The bar; nothing where there is only one state. @param {import('./model.js').MapModel} model */
export function historyBar({ address, revisions }) {
  const states = [...(revisions.data.value?.items ?? [])].reverse();
  if (states.length < 2 && !address.asOf.value) return null;
  const now = placeOf(states, address.asOf.value);
  const state = states[now];
  return html`<div class="topo-history" role="group" aria-label="History of the wiring">
    <button type="button" class="button" aria-label="The state before" ?disabled=${now <= 0}
      @click=${() => show(states, now - 1)}>◀</button>
    <input type="range" min="0" max=${Math.max(0, states.length - 1)} step="1" aria-label="Recorded state"
      aria-valuetext=${state ? textOf(state) : 'none'} .value=${String(now)}
      @input=${event => showSoon(states, Number(event.target.value))}>
    <button type="button" class="button" aria-label="The state after" ?disabled=${now >= states.length - 1}
      @click=${() => show(states, now + 1)}>▶</button>
    <span class="topo-history-text">${state ? textOf(state) : 'before the first recorded state'}</span>
    ${address.asOf.value ? html`<span class="topo-history-past">Wiring of then; devices and their status are those of now.
      <button type="button" class="button" @click=${() => setQuery({ as_of: null }, { push: true })}>Back to now</button></span>` : null}
  </div>`;
}

/** The place of the last of `states`, the oldest first, that was recorded at a time or before it; -1 where there is none. */
function placeOf(states, asOf) {
  const time = asOf ? parseTime(asOf) : null;
  return states.filter(state => time === null || Date.parse(state.at) <= time).length - 1;
}

function textOf({ number, at, appeared, vanished, links }) {
  return `Revision ${number}, ${moment(at)}: ${plural(links, 'link')}, ${appeared} appeared, ${vanished} vanished`;
}

function showSoon(states, place) {
  clearTimeout(timer);
  timer = window.setTimeout(() => show(states, place), restsAfter);
}

function show(states, place) {
  const isLatest = place >= states.length - 1;
  setQuery({ as_of: isLatest ? null : states[place].at }, { push: true });
}
