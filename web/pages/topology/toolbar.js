/** The row above the map: search, colouring, filters, focus, and what can be taken along. */
import { html } from '../../core/html.js';
import { setQuery } from '../../core/router.js';
import { words } from '../../core/format.js';
import { colourings } from '../../topo/inks.js';
import { copyLinkButton } from '../../ui/parts.js';
import { exportMenu } from './export-menu.js';
import { focusOn, mostHops } from './state.js';

/** @param {import('./model.js').MapModel} model */
export function toolbar(model, search, stage) {
  const { address } = model;
  const { tiers, types, tags } = valuesOf(model.graph.value);
  return html`<div class="topo-bar">
    ${search()}
    ${choice('Links by', 'colour', address.colour.value, Object.entries(colourings).map(([id, { title }]) => [id, title.toLowerCase()]))}
    ${choice('Tier', 'tier', String(address.tier.value ?? ''), [['', 'all'], ...tiers.map(tierChoice)])}
    ${choice('Type', 'type', address.type.value, [['', 'all'], ...types.map(type => [type, words(type)])])}
    ${tags.length || address.tag.value ? choice('Tag', 'tag', address.tag.value, [['', 'all'], ...tags.map(tag => [tag, tag])]) : null}
    ${focusPart(model)}
    <span class="topo-bar-end">${exportMenu(model, stage)}${copyLinkButton()}</span>
  </div>`;
}

function choice(label, name, chosen, choices) {
  return html`<label class="topo-choice"><span>${label}</span>
    <select class="input" @change=${event => setQuery({ [name]: event.target.value, page: null }, { push: true })}>
    ${choices.map(([value, title]) => html`<option value=${value} .selected=${value === chosen}>${title}</option>`)}
    </select></label>`;
}

const tierNames = ['core', 'distribution'];

function tierChoice(tier) {
  return [String(tier), tierNames[tier] ? `${tier} ${tierNames[tier]}` : String(tier)];
}

/** What is in focus, how far it reaches, and the way back to the whole. */
function focusPart({ address, graph, focus }) {
  if (focus.value < 0) return null;
  const id = graph.value.ids[focus.value];
  return html`<span class="topo-focus">Around <strong>${graph.value.names[focus.value]}</strong>
    <label><span class="visually-hidden">Cables around it</span>
      <input class="input topo-hops" type="number" min="1" max=${mostHops} .value=${String(address.hops.value)}
        @change=${event => focusOn(id, clamped(event.target.value))}></label> cables
    <button type="button" class="button" @click=${() => focusOn('')}>Show all</button></span>`;
}

function clamped(text) {
  return Math.min(mostHops, Math.max(1, Math.round(Number(text)) || 1));
}

const valuesByGraph = new WeakMap();

/** Tiers, types and tags of a graph, sorted; found once a graph. */
function valuesOf(graph) {
  if (!graph) return { tiers: [], types: [], tags: [] };
  if (!valuesByGraph.has(graph)) {
    valuesByGraph.set(graph, {
      tiers: [...new Set(graph.tier)].filter(tier => tier >= 0).sort((a, b) => a - b),
      types: [...new Set(graph.types)].sort(),
      tags: [...new Set(graph.tags.flat())].sort(),
    });
  }
  return valuesByGraph.get(graph);
}
