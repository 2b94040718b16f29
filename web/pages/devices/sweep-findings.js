// A name may hold anything, a profile no bracket: the last bracket counts.
const finding = /(\S+)(?: (.*?))? \(profile ([^()]*), (known at another address|known|new)\)(?:, )?/gsy;

/**
 * The devices that answered a sweep, as the message of its run names them:
 * `3 of 254 addresses answered, 1 of them new: 10.0.0.7 SW-7 (profile default, new), …` ->
 * {counts: text before them, devices: [{address, name, profile, standing}], unnamed: how many more there are}.
 */
export function sweepFindings(run) {
  const [counts, ...rest] = (run.message ?? '').split(': ');
  const devices = [...rest.join(': ').matchAll(finding)]
    .map(([, address, name = '', profile, standing]) => ({ address, name, profile, standing }));
  return { counts, devices, unnamed: Math.max(0, (run.results.devices_answered ?? 0) - devices.length) };
}

/** `10.1.0.0/24, 10.2.0.1-10.2.0.9` or one a line -> [text]. */
export function rangesOf(text) {
  return text.split(/[\s,;]+/).filter(Boolean);
}

/** How many addresses IPv4 ranges name, for an estimate; null where one cannot be told here. */
export function addressCount(ranges) {
  let sum = 0;
  for (const range of ranges) {
    const part = addressesOf(range);
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

function addressesOf(range) {
  const prefix = /^[\d.]+\/(\d{1,2})$/.exec(range);
  if (prefix) return usableOf(Number(prefix[1]));
  const [from, to] = range.split('-');
  const [first, last] = [ipv4Number(from), ipv4Number(to ?? from)];
  if (first === null || last === null || last < first) return null;
  return last - first + 1;
}

/** Network and broadcast address are not asked. */
function usableOf(bits) {
  if (bits > 32) return null;
  return bits >= 31 ? 2 ** (32 - bits) : 2 ** (32 - bits) - 2;
}

function ipv4Number(text) {
  const octets = text.split('.').map(Number);
  const isAddress = octets.length === 4 && octets.every(octet => Number.isInteger(octet) && octet >= 0 && octet < 256);
  return isAddress ? octets.reduce((sum, octet) => sum * 256 + octet, 0) : null;
}
