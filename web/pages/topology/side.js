/** What stands beside the map: the choice, or one of the lists. */
import { html } from '../../core/html.js';
import { changesList } from './changes.js';
import { contradictionsList } from './contradictions.js';
import { devicePanel } from './device-panel.js';
import { linkPanel } from './link-panel.js';
import { orphansList } from './orphans.js';
import { unconnectedList } from './unconnected.js';

const lists = {
  orphans: orphansList,
  unconnected: unconnectedList,
  contradictions: contradictionsList,
  changes: changesList,
};

/** The side, or null where the map has all the room. @param {import('./model.js').MapModel} model */
export function side(model, pathBox) {
  if (!model.graph.value) return null;
  const list = lists[model.address.view.value];
  const { node, cable } = model.chosen.value;
  if (list) return aside('List', list(model));
  if (node >= 0) return aside('Chosen device', devicePanel(model, node, pathBox));
  return cable >= 0 ? aside('Chosen link', linkPanel(model, cable)) : null;
}

function aside(label, body) {
  return html`<aside class="topo-side" aria-label=${label} tabindex="-1">${body}</aside>`;
}
