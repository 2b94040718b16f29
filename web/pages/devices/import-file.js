/** The forms of files that devices are imported from, as the API names them; '' tells by the file. */
export const importFormats = [
  { value: '', title: 'tell by the file' }, { value: 'csv', title: 'CSV' },
  { value: 'netbox-csv', title: 'NetBox CSV' }, { value: 'netbox-json', title: 'NetBox JSON' },
];

/** A CSV file to begin with: its columns and a row. */
export const csvExample = 'name,ip,port,version,community,profile,device_type,location,tags\r\n'
  + 'CORE-SW-01,10.0.0.1,161,2c,,default,switch,Head office,core\r\n';

const netBoxColumns = new Set([
  'ip_address', 'ipv4_address', 'ipv6_address', 'primary_ip', 'primary_ip4', 'primary_ip6', 'primary_ipv4',
  'primary_ipv6', 'device_role', 'manufacturer',
]);

/** The form a file seems to have, as the server tells it: JSON by its first character, NetBox by its column names. */
export function formatOf(text) {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return 'netbox-json';
  const names = start.split(/\r?\n/, 1)[0].split(/[,;\t]/).map(folded);
  return !names.includes('ip') && names.some(name => netBoxColumns.has(name)) ? 'netbox-csv' : 'csv';
}

function folded(name) {
  return name.replaceAll('"', '').trim().toLowerCase().replaceAll(/[ -]+/g, '_');
}

/** The media type that goes with a form. */
export function mediaType(format) {
  return format === 'netbox-json' ? 'application/json' : 'text/csv';
}
