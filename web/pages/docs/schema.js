/** A schema as a tree of members; named parts are opened one by one, so that what refers to itself ends. */
import { html } from '../../core/html.js';
import { signal } from '../../core/signal.js';
import { resolved, typeText } from './document.js';

/** Paths of the members that are opened, in all trees: they have no place in the URL, being parts of one look. */
const opened = signal(new Set());

/** A schema as a tree: document, schema, where it stands -> template. */
export function schemaView(contents, schema, path) {
  const { schema: whole } = resolved(contents, schema);
  const members = membersOf(contents, whole);
  if (members.length === 0) return html`<p class="docs-type">${typeText(whole)}</p>`;
  const required = new Set(whole.required);
  return html`<ul class="docs-tree">${members.map(([name, member]) =>
    memberView(contents, name, member, required.has(name), `${path}.${name}`))}</ul>`;
}

function membersOf(contents, schema) {
  if (schema.type === 'array') return [['each', schema.items ?? {}]];
  const named = Object.entries(schema.properties ?? {});
  return typeof schema.additionalProperties === 'object' ? [...named, ['any name', schema.additionalProperties]] : named;
}

function memberView(contents, name, member, isRequired, path) {
  const { name: schemaName, schema } = resolved(contents, member);
  const inner = schema.type === 'array' ? resolved(contents, schema.items) : { name: schemaName, schema };
  const hasMembers = membersOf(contents, inner.schema).length > 0;
  const type = [schema.type === 'array' ? 'list of' : '', inner.name ?? typeText(inner.schema)].filter(Boolean).join(' ');
  const head = html`<code>${name}</code> <span class="docs-type">${type}</span>
    ${isRequired ? null : html`<span class="docs-muted">may be absent</span>`}
    <span class="docs-about">${member.description ?? schema.description}</span>`;
  if (!hasMembers) return html`<li>${head}</li>`;
  const isOpen = opened.value.has(path);
  return html`<li><details ?open=${isOpen} @toggle=${(event) => remember(event, path)}><summary>${head}</summary>
    ${isOpen ? schemaView(contents, schema.type === 'array' ? schema.items : member, path) : null}</details></li>`;
}

function remember(event, path) {
  event.stopPropagation();
  const isOpen = event.target.open;
  if (opened.peek().has(path) === isOpen) return;
  const next = new Set(opened.peek());
  if (isOpen) next.add(path);
  else next.delete(path);
  opened.value = next;
}
