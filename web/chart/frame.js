/** The elements of a chart: legend, drawing, what is announced, and the table with its file. */

import { html, render } from '../core/html.js';
import { dataTable } from './data.js';
import { legend } from './legend.js';
import { momentText } from './zone.js';

const instructions = 'Arrow keys read points, Shift and arrow keys choose a span, Enter zooms into it, '
  + 'Space holds a point, Escape goes back.';
let made = 0;

/**
 * Builds the frame in `element`.
 * @returns {{figure: HTMLElement, stage: HTMLElement, canvas: HTMLCanvasElement, told: HTMLElement, head: HTMLElement, data: HTMLElement}}
 */
export function buildFrame(element) {
  const figure = document.createElement('figure');
  figure.className = 'chart';
  const part = (tag, className) => {
    const child = document.createElement(tag);
    child.className = className;
    figure.append(child);
    return child;
  };
  const head = part('div', 'chart-head');
  const stage = part('div', 'chart-stage');
  const canvas = document.createElement('canvas');
  stage.append(canvas);
  const help = part('p', 'visually-hidden');
  const told = part('p', 'chart-told visually-hidden');
  const data = part('div', 'chart-data');
  dress(stage, canvas, help, told);
  element.replaceChildren(figure);
  return { figure, stage, canvas, told, head, data };
}

/** Screen readers must hand arrow keys to the chart: only an application gets them. */
function dress(stage, canvas, help, told) {
  made += 1;
  help.id = `chart-help-${made}`;
  help.textContent = instructions;
  stage.tabIndex = 0;
  stage.setAttribute('role', 'application');
  stage.setAttribute('aria-roledescription', 'chart');
  stage.setAttribute('aria-describedby', help.id);
  canvas.setAttribute('role', 'img');
  told.setAttribute('aria-live', 'polite');
}

/** Names the drawing after what it shows, and writes title and legend. */
export function renderHead({ figure, stage, canvas, head }, options) {
  const span = `${momentText(options.from, options.zone)} to ${momentText(options.to, options.zone)}, ${options.zone}`;
  figure.setAttribute('aria-label', options.title);
  stage.setAttribute('aria-label', `${options.title}, ${span}`);
  canvas.setAttribute('aria-label', `${options.title}, ${span}. The same values are in the table below.`);
  stage.style.setProperty('height', `${options.height}px`);
  render(html`
    <figcaption class="chart-title">${options.heading}</figcaption>
    ${legend(options)}
    ${options.note ? html`<p class="chart-note">${options.note}</p>` : null}`, head);
}

/**
 * The row under the drawing: the switch of the table, the file, and the table where it is open.
 * @param {HTMLElement} data
 * @param {object} options
 * @param {{isOpen: boolean, points: () => object, page: number, turn: (page: number) => void, toggle: () => void, save: () => void}} state
 */
export function renderData(data, options, { isOpen, points, page, turn, toggle, save }) {
  render(html`
    <div class="chart-actions">
      <button type="button" class="button" aria-expanded=${String(isOpen)} @click=${toggle}>
        ${isOpen ? 'Hide the table' : 'Values as a table'}<span class="visually-hidden"> of ${options.title}</span></button>
      <button type="button" class="button" @click=${save}>CSV<span class="visually-hidden"> of ${options.title}</span></button>
    </div>
    ${isOpen ? dataTable(points(), options, { page, turn }) : null}`, data);
}
