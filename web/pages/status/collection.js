/** What the collection of counters did, and how the store of readings fares. */
import { get } from '../../core/api.js';
import { ago, count, moment, octets, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { section, tile } from '../../ui/parts.js';
import { draw, shown } from '../../ui/shown.js';
import { numberTable } from './numbers.js';

const COLLECTION = {
  devices: ['Devices that are polled.'], interfaces: ['Interfaces whose counters are read.'],
  unusable_devices: ['Devices that cannot be polled.', 'Their credential profile cannot be used: see Discovery.'],
  ambiguous_interfaces: ['Interfaces that share a name on their device; they are told apart by ifIndex.'],
  held_devices: ['Devices held back until they are discovered.'],
  cycles: ['Rounds that ended since the start.'], polls: ['Polls of devices since the start.'],
  readings: ['Readings since the start, one of each interface and poll.'], data_points: ['Single counters in them.'],
  missed_polls: ['Polls left out because the one before was still under way.'],
  failed_polls: ['Polls without an answer.'],
  held_back_readings: ['Readings not taken, such as of an interface that was renumbered.'],
  buffered_readings: ['Readings that wait for the store now.'],
  dropped_readings: ['Readings lost because the store took none.', 'See what the store says; the charts have a gap.'],
  stored_readings: ['Readings stored since the start.'],
  refused_readings: ['Readings that the store refused.', 'Two clocks may disagree: see the log.'],
  lag_seconds: ['Age of the oldest reading that waits.'],
};

const STORE = {
  accepted_readings: ['Readings taken since the start.'], repeated_readings: ['Readings that were there already.'],
  refused_readings: ['Readings refused, such as too old ones.'], merged_readings: ['Readings put in order with others of their time.'],
  appends: ['Times it was written to.'], append_failures: ['Times writing failed.', 'See the disk: space, permissions, faults.'],
  sealed_blocks: ['Blocks that were closed.'], day_blocks: ['Blocks joined to days.'],
  damaged_blocks: ['Blocks whose checksum is wrong; they are left out.', 'See the disk; restore their file from a copy.'],
  removed_files: ['Files removed as too old.'], interfaces: ['Interfaces it has readings of.'], files: ['Files on the disk.'],
  octets_on_disk: ['What it takes on the disk.'], log_octets: ['What waits in the log to be sealed.'],
  open_chunks: ['Spans of time that are still open.'], open_readings: ['Readings in them.'],
};

/** Mounts the view: element -> dispose. */
export function mountCollection(root) {
  const statistics = resource((signal) => get('/series/statistics', {}, { signal }), { every: 10_000 });
  return draw(root, () => shown(statistics, view, 14), [statistics]);
}

function view(all) {
  const { collection, gauges } = all;
  const days = all.oldest ? (Date.parse(all.newest) - Date.parse(all.oldest)) / 1000 : null;
  return html`
    <div class="status-tiles">
      ${tile({ title: 'Store', value: all.state, detail: all.detail ?? `${all.kind}, ${count(gauges.interfaces)} interfaces` })}
      ${tile({ title: 'Latest reading', value: all.newest ? ago(all.newest) : 'none', detail: `every ${seconds(all.interval_seconds)}` })}
      ${tile({ title: 'History', value: seconds(days), detail: all.oldest ? `since ${moment(all.oldest)}` : 'nothing yet' })}
      ${gauges.octets_on_disk == null
        ? null
        : tile({ title: 'On the disk', value: octets(gauges.octets_on_disk), detail: `${count(gauges.files)} files` })}
      ${tile({ title: 'Polls', value: count(collection.polls),
        detail: `${count(collection.failed_polls)} failed, ${count(collection.missed_polls)} missed` })}
      ${tile({ title: 'Readings waiting', value: count(collection.buffered_readings), detail: `for ${seconds(collection.lag_seconds)}` })}
    </div>
    ${section({ title: 'Collection', id: 'collection' }, numberTable('What the collection did', collection, COLLECTION))}
    ${section({ title: `Store: ${all.kind}`, id: 'store' },
      numberTable('What the store did and holds', { ...all.counters, ...gauges }, STORE))}`;
}
