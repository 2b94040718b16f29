/** What a map (or weak map) holds for a key; `make()` makes it where it holds nothing yet. */
export function keptIn(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}
