/** The graph as a file for other programs, and the view as a picture. */
import { download } from '../../core/api.js';
import { saveText } from '../../core/csv.js';
import { moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { pictureOf } from '../../topo/picture.js';
import { toastError } from '../../ui/dialog.js';
import { menu } from '../../ui/menu.js';

const formats = [
  ['svg', 'SVG drawing', 'image/svg+xml'],
  ['dot', 'Graphviz DOT', 'text/vnd.graphviz'],
  ['graphml', 'GraphML', 'application/graphml+xml'],
  ['json', 'JSON', 'application/json'],
];

/** The menu. @param {import('./model.js').MapModel} model */
export function exportMenu(model, stage) {
  return menu('Export', [
    item('Picture of this view (PNG)', () => savePicture(model, stage)),
    ...formats.map(([format, title, mime]) => item(title, () => saveGraph(model, format, mime))),
  ]);
}

function item(title, save) {
  return html`<button type="button" class="menu-item" @click=${event => {
    event.target.closest('details').open = false;
    save().catch(toastError);
  }}>${title}</button>`;
}

/** The part of the graph that the address asks for. */
function saveGraph({ address, graph, focus }, format, mime) {
  const around = focus.value >= 0 ? { around: graph.value.ids[focus.value], depth: address.hops.value } : {};
  const query = { format, ...around, device_type: address.type.value, tag: address.tag.value, as_of: address.asOf.value };
  return download('/topology/export', query, `topology.${format}`, mime);
}

async function savePicture({ graph }, stage) {
  const caption = `WARD FLUX topology, revision ${graph.value.revision}, ${moment(Date.now())}`;
  saveText('topology.png', 'image/png', await pictureOf(stage.view, caption));
}
