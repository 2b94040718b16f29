import { ago, count, percent, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { empty, facts, section } from '../../ui/parts.js';

/** What the SNMP engine knows of an agent, of `/devices/{id}/snmp`, and how its polls go; `rates` by interface id. */
export function enginePanel(agent, device, rates) {
  if (!agent.known) return neverAnswered(agent);
  return html`<div class="device-columns">
    ${section({ title: 'How its agent answers' }, facts(engineFacts(agent)))}
    ${section({ title: 'What is polled' }, facts(pollFacts(device, rates)))}
  </div>`;
}

function neverAnswered(agent) {
  return empty({
    title: 'Its agent has not answered yet',
    text: agent.address
      ? `It is asked at ${agent.address}. Check address, port, version, community and access list.`
      : 'Its host name has no address.',
  });
}

/** [[name, value]] of counters and gauges, in the words of the field. */
function engineFacts({ address, counters, gauges }) {
  const unanswered = counters.requests ? percent((100 * counters.timeouts) / counters.requests) : '–';
  return [
    ['Asked at', address ?? 'its name has no address'],
    ['Last answer', gauges.last_answer_age_milliseconds === undefined ? '–' : `${seconds(gauges.last_answer_age_milliseconds / 1000)} ago`],
    ['Round trip, smoothed', milliseconds(gauges.smoothed_round_trip_microseconds)],
    ['Its variation', milliseconds(gauges.round_trip_variation_microseconds)],
    ['Requests', count(counters.requests)], ['Sent again', count(counters.retransmissions)],
    ['Not answered', `${count(counters.timeouts)} (${unanswered})`],
    ['Answered late', count(counters.late)], ['Answered twice', count(counters.duplicate)],
    ['At work now', `${count(gauges.in_flight)} of ${count(gauges.window)} at a time`],
    ['Breaker', breaker(gauges)],
  ];
}

/** [[name, value]] of the polls of a device; `rates` is a map of rows of `/interfaces/top`, null while not known. */
function pollFacts(device, rates) {
  const reads = [...(rates?.values() ?? [])].map(row => row.at).filter(Boolean).sort();
  return [
    ['Interfaces with counters', rates ? count(rates.size) : '–'],
    ['Counters read last', ago(reads.at(-1) ?? null)],
    ['Oldest counters', ago(reads[0] ?? null)],
    ['Interfaces read completely', ago(device.last_complete_discovery_at)],
    ['Last answer to a discovery', ago(device.last_seen_at)],
  ];
}

function breaker({ breaker_open: isOpen, consecutive_failures: failures }) {
  if (isOpen) return `open: ${count(failures)} failures in a row; it is only probed`;
  return failures ? `closed, ${count(failures)} failures in a row` : 'closed: it is asked as planned';
}

function milliseconds(microseconds) {
  return microseconds === undefined ? '–' : `${(microseconds / 1000).toFixed(microseconds < 10_000 ? 2 : 0)} ms`;
}
