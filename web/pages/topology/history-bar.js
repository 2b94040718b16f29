/** The slider over the recorded states of the wiring. */
import { parseTime } from '../../core/clock.js';
import { moment, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';

/** How long the slider must rest before the map follows, in milliseconds. */
const restsAfter = 180;
let timer = 0;

/** The bar; nothing where there is only one state. @param {import('./model.js').MapModel} model */
export function historyBar({ address: { asOf }, revisions }) {
  const states = [...(revisions.data.value?.items ?? [])].reverse();
  if (states.length < 2 && !asOf.value) return null;
  const last = states.length - 1;
  const now = placeOf(states, asOf.value);
  const text = states[now] ? textOf(states[now]) : 'before the first recorded state';
  const show = place => setQuery({ as_of: place >= last ? null : states[place].at }, { push: true });
  const showSoon = event => {
    clearTimeout(timer);
    timer = window.setTimeout(show, restsAfter, Number(event.target.value));
  };
  return html`<div class="topo-history" role="group" aria-label="History of the wiring">
    <button type="button" class="button" aria-label="The state before" ?disabled=${now <= 0} @click=${() => show(now - 1)}>◀</button>
    <input type="range" min="0" max=${Math.max(0, last)} step="1" aria-label="Recorded state" aria-valuetext=${text} .value=${now}
      @input=${showSoon}>
    <button type="button" class="button" aria-label="The state after" ?disabled=${now >= last} @click=${() => show(now + 1)}>▶</button>
    <span>${text}</span>
    ${asOf.value && html`<span class="topo-history-past">Wiring of then; devices and their status are those of now.
      <button type="button" class="button" @click=${() => show(last)}>Back to now</button></span>`}</div>`;
}

/** The place of the last of `states`, the oldest first, that was recorded at a time or before it; -1 where there is none. */
function placeOf(states, asOf) {
  const time = parseTime(asOf) ?? Infinity;
  return states.filter(state => Date.parse(state.at) <= time).length - 1;
}

function textOf({ number, at, appeared, vanished, links }) {
  return `Revision ${number}, ${moment(at)}: ${plural(links, 'link')}, ${appeared} appeared, ${vanished} vanished`;
}
