/** An explanation of a classification: the decision, the texts with what was recognised in them, and every rule. */
import { percent, plural } from '../../core/format.js';
import { html } from '../../core/html.js';
import { facts, section } from '../../ui/parts.js';
import { table } from '../../ui/table.js';
import { word } from '../devices/words.js';
import { confidenceText, fieldName, outcomeText } from './words.js';

/** The decision with all that led to it: Explanation, the question asked, rules in force -> template. */
export function explanationView(explanation, question, rules) {
  return html`
    ${facts([
      ['Type', html`<strong>${word(explanation.type)}</strong>`], ['Provider', explanation.provider ?? 'none'],
      ['Critical', explanation.is_critical ? 'yes' : 'no'], ['Confidence', confidenceText(explanation.confidence)],
      ['Decided by', html`<code>${explanation.rule}</code>`],
    ])}
    ${section({ title: 'What was read', id: 'read' }, textsView(question, explanation))}
    ${section({ title: 'Rules that matched', id: 'matched' }, matchTable(explanation.matches))}
    ${restView(explanation, rules)}`;
}

/** How what is stored differs from what the rules say of the texts, and why: Interface, Explanation -> template. */
export function interfaceVerdict(row, explanation) {
  if (row.classification_overridden) {
    return html`: a person set ${word(row.interface_type)}${row.isp_provider ? `, ${row.isp_provider}` : ''}; the rules alone would say
      what follows.`;
  }
  if (row.classification_rule === explanation.rule) return html`: stored as ${word(row.interface_type)} by the same rule.`;
  return html`: stored as <strong>${word(row.interface_type)}</strong> by <code>${row.classification_rule}</code>,
    ${row.lldp_neighbor_name
      ? `which also had what the neighbour ${row.lldp_neighbor_name} says of itself (${row.neighbor_protocol}); `
        + 'the texts alone give what follows.'
      : 'at its last discovery; the rules in force give what follows.'}`;
}

function textsView(question, explanation) {
  const shownFields = ['alias', 'name', 'descr'].filter((field) => question[field]);
  const recognised = (field) => explanation.matches.flatMap((match) => match.evidence)
    .filter((sign) => sign.field === field || sign.field === 'provider').map((sign) => sign.matched);
  return html`${facts(shownFields.map((field) =>
    [fieldName(field), html`<span class="rules-text">${marked(question[field], recognised(field))}</span>`]))}
    ${explanation.readings.map((reading) => html`<p class="rules-note">${fieldName(reading.field)} was read as
      ${reading.read_as.map((form) => html`<q>${form}</q> `)}${reading.by.length ? `(${reading.by.join(', ')})` : null}</p>`)}`;
}

/** A text with the words marked that rules recognised: text, [text] -> templates. */
function marked(text, words) {
  const spots = words.map((one) => [text.toLowerCase().indexOf(one.toLowerCase()), one.length]).filter(([at, length]) => at >= 0
    && length > 0);
  spots.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let done = 0;
  for (const [at, length] of spots) {
    if (at < done) continue;
    parts.push(text.slice(done, at), html`<mark>${text.slice(at, at + length)}</mark>`);
    done = at + length;
  }
  return [...parts, text.slice(done)];
}

function matchTable(matches) {
  if (matches.length === 0) return html`<p class="rules-note">No rule matched.</p>`;
  return table({
    caption: 'Matching rules, the deciding one first', rows: matches, keyOf: (match) => match.rule,
    columns: [
      { id: 'outcome', title: 'Outcome',
        render: (match) => (match.outcome === 'won' ? html`<strong>✓ decides</strong>` : outcomeText(match.outcome)) },
      { id: 'rule', title: 'Rule', render: (match) => html`<code>${match.rule}</code>` },
      { id: 'type', title: 'Says', render: (match) => word(match.type ?? 'attributes') },
      { id: 'confidence', title: 'Confidence', numeric: true, render: (match) => (match.type ? percent(100 * match.confidence, 0) : '–') },
      { id: 'evidence', title: 'Because',
        render: (match) => match.evidence.map((sign) =>
          html`<span class="rules-sign">${fieldName(sign.field)} <q>${sign.matched}</q></span>`) },
      { id: 'comment', title: 'Comment', className: 'rules-comment', render: (match) => match.comment },
    ],
  });
}

/** The rules that were tried and did not match, folded: there are many. */
function restView(explanation, rules) {
  const matched = new Set(explanation.matches.map((match) => match.rule));
  const rest = rules.filter((rule) => !matched.has(rule.id));
  if (rest.length === 0) return null;
  return html`<details class="rules-rest"><summary>${plural(rest.length, 'rule')} tried that did not match</summary>
    <ul>${rest.map((rule) => html`<li><code>${rule.id}</code> ${word(rule.type ?? 'attributes')}
      <span class="rules-muted">${rule.comment}</span></li>`)}</ul></details>`;
}
