/** The graph as a file for other programs, and the view as a picture. */
import { download } from '../../core/api.js';
import { saveText } from '../../core/csv.js';
import { moment } from '../../core/format.js';
import { html } from '../../core/html.js';
import { pictureOf } from '../../topo/picture.js';
import { toastError } from '../../ui/dialog.js';

const formats = [
  ['svg', 'SVG drawing', 'image/svg+xml'],
  ['dot', 'Graphviz DOT', 'text/vnd.graphviz'],
  ['graphml', 'GraphML', 'application/graphml+xml'],
  ['json', 'JSON', 'application/json'],
];

/** The menu. @param {import('./model.js').MapModel} model */
export function exportMenu(model, stage) {
  return html`<details class="topo-menu" @toggle=${closeOutside}><summary class="button">Export</summary>
    <div class="topo-menu-list">
      <button type="button" class="topo-menu-item" @click=${event => run(event, () => savePicture(model, stage))}>Picture of this view
        (PNG)</button>
      ${formats.map(([format, title, mime]) => html`<button type="button" class="topo-menu-item"
        @click=${event => run(event, () => saveGraph(model, format, mime))}>${title}</button>`)}
    </div></details>`;
}

async function run(event, task) {
  event.target.closest('details').open = false;
  try {
    await task();
  } catch (error) {
    toastError(error);
  }
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

function closeOutside(event) {
  const menu = event.currentTarget;
  if (!menu.open) return;
  const leave = next => {
    if (next.type === 'keydown' ? next.key !== 'Escape' : menu.contains(next.target)) return;
    menu.open = false;
    document.removeEventListener('pointerdown', leave);
    document.removeEventListener('keydown', leave);
  };
  document.addEventListener('pointerdown', leave);
  document.addEventListener('keydown', leave);
}
