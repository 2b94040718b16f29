/** Editing matchers, with what they would cover of the alerts that are open now. */
import { get } from '../../core/api.js';
import { count, plural } from '../../core/format.js';
import { html, keyed } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { COMPARISONS, fits, LABELS, matcherText, parseMatcher } from './matchers.js';

/** Open alerts that the preview is made of; more would not make it better. */
const PREVIEWED = 1000;
const NAMED = 5;

/**
 * A draft of matchers from their texts, with a row to fill in where there is none.
 * @param {string[]} texts
 * @returns {{key: number, label: string, comparison: string, value: string}[]}
 */
export function draftOf(texts) {
  const rows = texts.map(parseMatcher).filter(Boolean);
  return (rows.length > 0 ? rows : [blank()]).map((row, key) => ({ key, ...row }));
}

/**
 * The texts that are sent: rows that nobody filled in are left out.
 * @param {{label: string, comparison: string, value: string}[]} rows
 */
export function textsOf(rows) {
  return rows.filter(row => row.label.trim() !== '').map(row => matcherText({ ...row, label: row.label.trim() }));
}

function blank() {
  return { label: '', comparison: '=', value: '' };
}

/** Open alerts with their labels, read once for a dialog. */
export function openAlerts() {
  const alerts = resource(abort => get('/alerts', { limit: PREVIEWED }, { signal: abort }));
  return { data: alerts.data, dispose: () => alerts.dispose() };
}

/**
 * Rows of label, comparison and value.
 * @param {{value: ReturnType<typeof draftOf>}} rows signal
 * @param {{data: {value: {items: object[], total: number}|null}}} alerts from openAlerts()
 * @param {{error?: string, whenEmpty: string}} options whenEmpty: what no matcher at all means
 */
export function matcherEditor(rows, alerts, { error, whenEmpty }) {
  const known = alerts.data.value?.items ?? [];
  const change = (key, part) => { rows.value = rows.value.map(row => (row.key === key ? { ...row, ...part } : row)); };
  const remove = key => { rows.value = rows.value.filter(row => row.key !== key); };
  const add = () => { rows.value = [...rows.value, { key: Math.max(-1, ...rows.value.map(row => row.key)) + 1, ...blank() }]; };
  return html`<fieldset class="alert-matchers">
    <legend>Alerts whose labels all match</legend>
    ${keyed(rows.value, row => row.key, row => editorRow(row, known, change, remove))}
    <button type="button" class="button" @click=${add}>Add a matcher</button>
    ${error ? html`<p class="alert-error" role="alert">${error}</p>` : null}
    <p class="alert-muted" aria-live="polite">${covered(rows.value, alerts.data.value, whenEmpty)}</p>
    <datalist id="alert-labels">${labelNames(known).map(name => html`<option value="${name}"></option>`)}</datalist>
  </fieldset>`;
}

function editorRow(row, alerts, change, remove) {
  const list = `alert-values-${row.key}`;
  return html`<div class="alert-matcher-row">
    <input class="input" aria-label="Label" list="alert-labels" placeholder="device" .value=${row.label}
      @input=${event => change(row.key, { label: event.target.value })} />
    <select class="input" aria-label="Comparison" @change=${event => change(row.key, { comparison: event.target.value })}>
      ${COMPARISONS.map(({ value, title }) => html`<option value="${value}" ?selected=${value === row.comparison}>${title}</option>`)}
    </select>
    <input class="input" aria-label="Value" list="${list}" placeholder="CORE-SW-01" .value=${row.value}
      @input=${event => change(row.key, { value: event.target.value })} />
    <button type="button" class="button icon" aria-label="Remove this matcher" @click=${() => remove(row.key)}>✕</button>
    <datalist id="${list}">${valuesOf(alerts, row.label).map(value => html`<option value="${value}"></option>`)}</datalist>
  </div>`;
}

function labelNames(alerts) {
  return [...new Set([...LABELS, ...alerts.flatMap(alert => Object.keys(alert.labels))])];
}

function valuesOf(alerts, label) {
  return [...new Set(alerts.map(alert => alert.labels[label]).filter(Boolean))].slice(0, 200);
}

function covered(rows, page, whenEmpty) {
  const matchers = rows.filter(row => row.label.trim() !== '');
  if (matchers.length === 0) return whenEmpty;
  if (!page) return 'Reading the open alerts…';
  const verdicts = page.items.map(alert => ({ alert, isCovered: fits(matchers, alert.labels) }));
  if (verdicts.some(verdict => verdict.isCovered === null)) return 'Only the server can read this pattern.';
  const hit = verdicts.filter(verdict => verdict.isCovered).map(verdict => verdict.alert);
  const of = `${count(hit.length)} of ${plural(page.items.length, 'open alert')}`;
  const named = hit.slice(0, NAMED).map(alert => alert.message).join('; ');
  return hit.length === 0 ? `Covers ${of} at the moment.` : `Covers ${of}: ${named}${hit.length > NAMED ? '; …' : ''}`;
}
