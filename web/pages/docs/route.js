/** One route: what it takes and answers. */
import { html } from '../../core/html.js';
import { table } from '../../ui/table.js';
import { COMPARISONS, parametersOf, typeText } from './document.js';
import { schemaView } from './schema.js';
import { tryView } from './try.js';

/** A route with its parameters, body, answers, and a field to try it: route, document -> template. */
export function routeView(route, contents) {
  const { plain, filters } = parametersOf(route);
  return html`<div class="docs-body">
    ${route.description ? html`<p>${route.description}</p>` : null}
    ${plain.length ? html`<h3>Parameters</h3>${parameterTable(plain)}` : null}
    ${filters.length ? filterView(filters) : null}
    ${route.body ? html`<h3>Body</h3>${contentView(contents, route.body, `${route.id}.body`)}` : null}
    <h3>Answers</h3>${answersView(route, contents)}
    <h3>${route.method === 'GET' ? 'Try it' : 'By hand'}</h3>${tryView(route)}
  </div>`;
}

function parameterTable(parameters) {
  return table({
    caption: 'Parameters', rows: parameters, keyOf: (one) => `${one.in} ${one.name}`,
    columns: [
      { id: 'name', title: 'Name', render: (one) => html`<code>${one.name}</code>${one.required ? ' required' : null}` },
      { id: 'in', title: 'In', render: (one) => one.in },
      { id: 'type', title: 'Type', className: 'docs-type', render: (one) => typeOf(one) },
      { id: 'about', title: 'What it does', className: 'docs-about', render: (one) => one.description },
    ],
  });
}

/** A sort takes every column twice; that is said once. */
function typeOf(parameter) {
  const columns = parameter.name === 'sort' && parameter.schema.items?.enum;
  if (columns) return `list of ${columns.filter((name) => !name.startsWith('-')).join(', ')}; each with - before it too`;
  const preset = parameter.schema.default;
  return `${typeText(parameter.schema)}${preset === undefined ? '' : `, ${preset} where not given`}`;
}

function filterView(filters) {
  return html`<details class="docs-filters"><summary>Filters by ${filters.length} columns: <code>column=a,b</code> one of these, and
      ${Object.entries(COMPARISONS).map(([name, text]) => html`<code>__${name}</code> ${text} `)}</summary>
    ${table({
    caption: 'Filters', rows: filters, keyOf: (one) => one.column,
    columns: [
      { id: 'column', title: 'Column', render: (one) => html`<code>${one.column}</code>` },
      { id: 'type', title: 'Type', className: 'docs-type', render: (one) => typeText(one.schema.items ?? one.schema) },
      { id: 'comparisons', title: 'Takes', render: (one) => one.comparisons.map((name) => html`<code>__${name}</code> `) },
    ],
  })}</details>`;
}

function answersView(route, contents) {
  const entries = Object.entries(route.answers);
  const [good, bad] = [entries.filter(([status]) => status < '4'), entries.filter(([status]) => status >= '4')];
  return html`${good.map(([status, answer]) => html`<p><strong>${status}</strong> ${answer.description}</p>
      ${contentView(contents, answer, `${route.id}.${status}`)}`)}
    <p class="docs-muted">Errors, as problem documents:
      ${bad.map(([status, answer]) => html`<span class="docs-status" title=${answer.description}>${status}</span> `)}</p>`;
}

function contentView(contents, { content = {} }, path) {
  return Object.entries(content).filter(([type]) => !type.includes('problem')).map(([type, { schema }]) => html`
    <p class="docs-muted"><code>${type}</code></p>${schema && Object.keys(schema).length
      ? schemaView(contents, schema, `${path}.${type}`) : null}`);
}
