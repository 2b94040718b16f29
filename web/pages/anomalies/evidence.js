/** Parts of the page of one anomaly: the value beside what was expected, why it is one, what was read then. */
import { bits, moment, percent } from '../../core/format.js';
import { html, svg } from '../../core/html.js';
import { facts, section, status } from '../../ui/parts.js';
import { differenceText, places, rateText } from './rates.js';
import { DURATIONS } from './words.js';

const WIDTH = 640;

/**
 * What was there on a scale with what is ordinary; the same in words for those who do not see it.
 * @param {object} anomaly as GET /anomalies/{id} answers
 */
export function comparisonPart(anomaly) {
  const { actual, expected, low, high, measure } = anomaly;
  const text = rate => rateText(rate, measure);
  return section({ title: 'Value and expectation', id: 'comparison' }, html`
    <p class="anomaly-figures"><span><strong>${text(actual)}</strong> was there</span>
      <span><strong>${text(expected)}</strong> was expected
        <span class="anomaly-difference">${differenceText(actual, expected)}</span></span>
      <span><strong>${text(low)}</strong> to <strong>${text(high)}</strong> is ordinary</span></p>
    ${picture(anomaly)}`);
}

function picture(anomaly) {
  const at = places(anomaly);
  const x = place => (place * WIDTH).toFixed(1);
  return html`<svg class="anomaly-scale" viewBox="0 0 ${WIDTH} 44" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<line class="anomaly-axis" x1="0" x2="${WIDTH}" y1="22" y2="22"></line>
      <rect class="anomaly-ordinary" x="${x(at.low)}" y="10" width="${x(Math.max(0.003, at.high - at.low))}" height="24"></rect>
      <line class="anomaly-expected" x1="${x(at.expected)}" x2="${x(at.expected)}" y1="6" y2="38"></line>
      <line class="anomaly-actual" x1="${x(at.actual)}" x2="${x(at.actual)}" y1="0" y2="44"></line>`}
  </svg>
  <p class="anomaly-legend"><span class="anomaly-key ordinary">ordinary</span> <span class="anomaly-key expected">expected</span>
    <span class="anomaly-key actual">there</span></p>`;
}

/**
 * Why it is one, in sentences, the most telling first.
 * @param {{explanation: {sentences: string[]}}} anomaly
 */
export function whyPart({ explanation }) {
  return section({ title: 'Why', id: 'why' },
    html`<ul class="anomaly-why">${explanation.sentences.map(sentence => html`<li>${sentence}</li>`)}</ul>`);
}

/**
 * What was read at that moment, and what it was judged by.
 * @param {object} anomaly as GET /anomalies/{id} answers
 */
export function readPart(anomaly) {
  const { explanation: why, measure } = anomaly;
  const rows = [
    ['Worst moment', html`${moment(anomaly.peak_at)} <span class="anomaly-muted">${anomaly.time_context}</span>`],
    ['Judged over', DURATIONS[why.duration] ?? 'the hour of the week'],
    ['Learnt from hours', why.visits],
    ['Today beside the usual', why.offset_factor === 1 ? 'as usual' : `${why.offset_factor.toFixed(2)} times`],
    ['Confidence', `${anomaly.confidence_word} (${percent(100 * anomaly.confidence, 0)})`],
    ['z-score by the classic method', anomaly.z_score === null ? null : anomaly.z_score.toFixed(1)],
    ['The other method', otherText(why.other)],
    ['Other direction then', why.peer_actual === null
      ? null
      : `${rateText(why.peer_actual, measure)}, expected ${rateText(why.peer_expected, measure)}`],
    ['Interface then', why.oper_status === null ? null : status(why.oper_status === 1 ? 'up' : why.oper_status === 2 ? 'down' : 'unknown')],
    ['Errors then', why.error_percent === null ? null : percent(why.error_percent, 2)],
    ['Discards then', why.discard_percent === null ? null : percent(why.discard_percent, 2)],
    ['Line', why.line_speed_bps === null ? null : bits(why.line_speed_bps)],
  ];
  return section({ title: 'What was read then', id: 'read' }, facts(rows.filter(([, value]) => value !== null && value !== undefined)));
}

function otherText(other) {
  if (!other) return 'does not watch this rate';
  const score = other.score === null ? 'has no opinion' : `scores ${other.score.toFixed(1)}`;
  return `${other.mode} ${score}, ${other.is_anomaly ? 'would have raised' : 'would not have raised'}`;
}

/**
 * The same hour one week before, two, and so on.
 * @param {object} anomaly as GET /anomalies/{id} answers
 */
export function weeksPart({ explanation, actual, measure }) {
  const weeks = explanation.same_hour_last_weeks;
  if (weeks.length === 0) return null;
  const most = Math.max(actual, ...weeks.map(rate => rate ?? 0), Number.MIN_VALUE);
  const bar = (title, rate, kind) => html`<li class="${kind}"><span class="anomaly-week">${title}</span>
    <span class="anomaly-bar" .style=${{ '--share': String((rate ?? 0) / most) }}></span><span
      class="anomaly-rate">${rateText(rate, measure)}</span></li>`;
  return section({ title: 'The same hour of other weeks', id: 'weeks' }, html`<ul class="anomaly-weeks">
    ${bar('now', actual, 'now')}${weeks.map((rate, week) => bar(week === 0 ? 'a week before' : `${week + 1} weeks before`, rate,
      ''))}</ul>`);
}
