const standings = ['known', 'known at another address', 'new'];

/**
 * The devices that answered a sweep, as the message of its run names them:
 * `3 of 254 addresses answered, 1 of them new: 10.0.0.7 SW-7 (profile default, new), …` ->
 * {counts: text before them, devices: [{address, name, profile, standing}], unnamed: how many more there are}.
 */
export function sweepFindings(run) {
  const message = run.message ?? '';
  const colon = message.indexOf(': ');
  if (colon < 0) return { counts: message, devices: [], unnamed: run.results.devices_answered ?? 0 };
  const devices = [];
  let rest = message.slice(colon + 2);
  for (let found = nextFinding(rest); found; found = nextFinding(rest)) {
    devices.push(found.device);
    rest = rest.slice(found.length);
    if (!rest.startsWith(', ')) break;
    rest = rest.slice(2);
  }
  const unnamed = Math.max(0, (run.results.devices_answered ?? 0) - devices.length);
  return { counts: message.slice(0, colon), devices, unnamed };
}

function nextFinding(text) {
  const end = nearestEnd(text);
  if (!end) return null;
  const said = text.slice(0, end.at);
  // A name may hold anything, a profile no bracket: the last one counts.
  const bracket = said.lastIndexOf(' (profile ');
  if (bracket < 0) return null;
  const [address, ...name] = said.slice(0, bracket).split(' ');
  const device = {
    address, name: name.join(' '), profile: said.slice(bracket + ' (profile '.length), standing: end.standing,
  };
  return { device, length: end.at + end.length };
}

function nearestEnd(text) {
  const ends = standings.map(standing => ({
    standing, at: text.indexOf(`, ${standing})`), length: standing.length + 3,
  }));
  return ends.filter(end => end.at >= 0).sort((one, other) => one.at - other.at)[0] ?? null;
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
