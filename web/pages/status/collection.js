/** What the collection of counters did, and how the store of readings fares. */
import { get } from '../../core/api.js';
import { ago, count, moment, octets, seconds } from '../../core/format.js';
import { html } from '../../core/html.js';
import { resource } from '../../core/resource.js';
import { section, tile } from '../../ui/parts.js';
import { draw, shown } from '../../ui/shown.js';
import { numberTable } from './numbers.js';

// What a number means, where its name does not tell; of those that should be 0, what to do.
const COLLECTION = {
  unusable_devices: ['They cannot be polled.', 'See Discovery: their profile cannot be used.'],
  ambiguous_interfaces: ['Of equal names on a device, told apart by ifIndex.'], held_devices: ['Until they are discovered.'],
  data_points: ['Single counters of the readings.'], missed_polls: ['The one before was under way.'], failed_polls: ['Without an answer.'],
  held_back_readings: ['Not taken, as of a renumbered interface.'], buffered_readings: ['They wait for the store.'],
  dropped_readings: ['The store took none.', 'See the store; charts have a gap.'],
  refused_readings: ['By the store.', 'Two clocks may disagree: see the log.'], lag_seconds: ['Age of the oldest reading that waits.'],
};

const STORE = {
  repeated_readings: ['They were there already.'], refused_readings: ['Such as too old ones.'],
  merged_readings: ['Put in order with others of their time.'], append_failures: ['It could not be written to.', 'See the disk.'],
  day_blocks: ['Blocks joined to days.'],
  damaged_blocks: ['Their checksum is wrong; they are left out.', 'See the disk; restore their file from a copy.'],
  removed_files: ['They were too old.'], log_octets: ['What waits to be sealed.'], open_chunks: ['Spans of time still open.'],
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
