/** The elements of a chart: legend, drawing, what is announced, and the table with its file. */
import { html, render } from '../core/html.js';
import { momentText } from '../core/zone.js';
import { dataTable } from './data.js';
import { legend } from './legend.js';

let made = 0;

/**
 * Builds the frame in `element`. Screen readers must hand arrow keys to the chart: only an application gets them.
 * @returns {Record<'figure' | 'head' | 'stage' | 'overlay' | 'told' | 'data', HTMLElement> & {canvas: HTMLCanvasElement}}
 */
export function buildFrame(element) {
  const help = `chart-help-${(made += 1)}`;
  const figure = document.createElement('figure');
  figure.className = 'chart';
  render(html`<div class="chart-head"></div><div class="chart-stage" tabindex="0" role="application" aria-roledescription="chart"
    aria-describedby=${help}><canvas role="img"></canvas><div aria-hidden="true"></div></div>
    <p class="visually-hidden" id=${help}>Arrow keys read points, Shift and arrow keys choose a span, Enter zooms into it, Space holds a
      point, Escape goes back.</p>
    <p class="chart-told visually-hidden" aria-live="polite"></p><div class="chart-data"></div>`, figure);
  element.replaceChildren(figure);
  const [head, stage, , told, data] = /** @type {any} */ (figure.children);
  const [canvas, overlay] = stage.children;
  return { figure, head, stage, canvas, overlay, told, data };
}

/** Names the drawing after what it shows, and writes title and legend. */
export function renderHead({ figure, stage, canvas, head }, options) {
  const { title, from, to, zone, heading, note, height } = options;
  const name = `${title}, ${momentText(from, zone)} to ${momentText(to, zone)}, ${zone}`;
  figure.setAttribute('aria-label', title);
  stage.setAttribute('aria-label', name);
  canvas.setAttribute('aria-label', `${name}. The same values are in the table below.`);
  stage.style.height = `${height}px`;
  render(html`<figcaption class="chart-title">${heading}</figcaption>${legend(options)}
    ${note && html`<p class="chart-note">${note}</p>`}`, head);
}

/**
 * The row under the drawing: the switch of the table, the file, and the table where it is open.
 * @param {HTMLElement} data
 * @param {object} options
 * @param {{isOpen: boolean, points: () => object, page: number, turn: (page: number) => void, toggle: () => void, save: () => void}} state
 */
export function renderData(data, options, { isOpen, points, page, turn, toggle, save }) {
  const ofWhat = html`<span class="visually-hidden"> of ${options.title}</span>`;
  render(html`<div class="chart-actions">
    <button type="button" class="button" aria-expanded=${String(isOpen)} @click=${toggle}>${isOpen ? 'Hide the table'
      : 'Values as a table'}${ofWhat}</button>
    <button type="button" class="button" @click=${save}>CSV${ofWhat}</button></div>
    ${isOpen && dataTable(points(), options, page, turn)}`, data);
}
