/** What an interface is for, why, and what people said of it. */

import { percent } from '../../core/format.js';
import { html } from '../../core/html.js';
import { href, setQuery } from '../../core/router.js';
import { facts } from '../../ui/parts.js';
import { shown } from '../../ui/shown.js';
import { word } from '../devices/words.js';
import { explanationView } from '../rules/explanation.js';
import { giveBack, ruledFields } from './correct.js';

/**
 * The part of the page about it.
 * @param {object} row  the interface
 * @param {object} page  of loadInterface
 * @param {{why: boolean}} view
 */
export function purposePart(row, page, view) {
  return html`
    ${facts([
      ['For', html`<strong>${word(row.interface_type)}</strong>${given('interface_type', row, page)}`],
      ['Provider', html`${row.isp_provider || 'none'}${given('isp_provider', row, page)}`],
      ['Critical', html`${row.is_critical ? 'yes' : 'no'}${given('is_critical', row, page)}`],
      ['Monitored', html`${row.monitoring_enabled ? 'yes' : 'no'}${given('monitoring_enabled', row, page)}`],
      ['Decided by', decidedBy(row)],
      ['Notes', html`<span class="interface-notes">${row.notes || 'none'}</span>`],
    ])}
    <p class="interface-actions">
      <button type="button" class="button" @click=${() => setQuery({ edit: 'classification' })}>Correct it</button>
      <button type="button" class="button" aria-expanded=${String(view.why)}
        @click=${() => setQuery({ why: view.why ? null : '1' })}>Why?</button>
      <a href=${href('/rules', { view: 'explain', interface: row.id })}>Explain by the rules</a>
    </p>
    ${view.why ? html`<div class="interface-why">${shown(page.why, whyView, 6)}</div>` : null}`;
}

/** Who decided about type and provider, in a line: 'rule isp-provider-circuit, 99 % sure'. */
export function decidedBy(row) {
  if (row.classification_overridden) return 'a person';
  return html`rule <code>${row.classification_rule}</code>, ${percent(100 * row.classification_confidence, 0)} sure`;
}

function whyView(why) {
  return why ? explanationView(why.explanation, why.question, why.rules) : null;
}

/** Beside what a person set: that they did, and how the rules get it back. */
function given(name, row, page) {
  if (!row.overrides.includes(name)) return null;
  return html` <span class="interface-given">set by a person</span>
    <button type="button" class="button small interface-back" @click=${() => giveBack(row, name, page.row.reload)}>
      Give ${ruledFields[name]} back to the rules</button>`;
}
