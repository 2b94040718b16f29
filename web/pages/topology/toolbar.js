/** The row above the map: search, colouring, filters, focus, and what can be taken along. */
import { html } from '../../core/html.js';
import { keptIn } from '../../core/kept.js';
import { setQuery } from '../../core/router.js';
import { words } from '../../core/format.js';
import { colourings } from '../../topo/inks.js';
import { copyLinkButton } from '../../ui/parts.js';
import { exportMenu } from './export-menu.js';
import { focusOn, mostHops } from './state.js';

/** @param {import('./model.js').MapModel} model */
export function toolbar(model, search, stage) {
  const { address, graph } = model;
  const { tiers, types, tags } = valuesOf(graph.value);
  const filter = (label, name, values) => choice(label, name, String(address[name].value ?? ''), [['', 'all'], ...values]);
  return html`<div class="topo-bar">
    ${search()}
    ${choice('Links by', 'colour', address.colour.value, Object.entries(colourings).map(([id, { title }]) => [id, title.toLowerCase()]))}
    ${filter('Tier', 'tier', tiers.map(tier => [String(tier), `${tier} ${['core', 'distribution'][tier] ?? ''}`]))}
    ${filter('Type', 'type', types.map(type => [type, words(type)]))}
    ${(tags.length > 0 || address.tag.value) && filter('Tag', 'tag', tags.map(tag => [tag, tag]))}
    ${focusPart(model)}
    <span class="topo-bar-end">${exportMenu(model, stage)}${copyLinkButton()}</span></div>`;
}

/** A choice `[[value, title]]` that is kept in the address as `name`. */
export function choice(label, name, chosen, choices) {
  return html`<label class="topo-choice"><span>${label}</span>
    <select class="input" @change=${event => setQuery({ [name]: event.target.value, page: null }, { push: true })}>
    ${choices.map(([value, title]) => html`<option value=${value} .selected=${value === chosen}>${title}</option>`)}</select></label>`;
}

/** What is in focus, how far it reaches, and the way back to the whole. */
function focusPart({ address, graph, focus }) {
  if (focus.value < 0) return null;
  const { ids, names } = graph.value;
  const changed = ({ target }) => focusOn(ids[focus.peek()], Math.min(mostHops, Math.max(1, Math.round(target.value) || 1)));
  return html`<span class="topo-focus">Around <strong>${names[focus.value]}</strong>
    <label><span class="visually-hidden">Cables around it</span>
      <input class="input" type="number" min="1" max=${mostHops} .value=${address.hops.value} @change=${changed}></label> cables
    <button type="button" class="button" @click=${() => focusOn('')}>Show all</button></span>`;
}

const valuesByGraph = new WeakMap();

/** Tiers, types and tags of a graph, sorted; found once a graph. */
function valuesOf(graph) {
  if (!graph) return { tiers: [], types: [], tags: [] };
  const unique = values => [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  return keptIn(valuesByGraph, graph, () => ({
    tiers: unique(graph.tier).filter(tier => tier >= 0), types: unique(graph.types), tags: unique(graph.tags.flat()),
  }));
}
