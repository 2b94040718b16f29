/** Finds devices by name: what is typed may begin the name, begin a word of it, or be anywhere in it. */

/**
 * The best nodes for a text, at most `limit`; those that begin with it first, then shorter names, then by importance.
 * @param {import('./graph.js').Graph} graph @param {string} text @returns {number[]} node indices
 */
export function findNodes(graph, text, limit = 8) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = [];
  for (let node = 0; node < graph.count; node++) {
    const rank = rankOf(graph.names[node].toLowerCase(), words);
    if (rank < 9) found.push({ node, rank });
  }
  const weight = ({ node, rank }) => rank * 1e6 + graph.names[node].length * 1e3 - Math.min(999, graph.degree[node]);
  return found.sort((a, b) => weight(a) - weight(b) || a.node - b.node).slice(0, limit).map(({ node }) => node);
}

/** 0 the name itself, 1 begins it, 2 begins a word of it, 3 is in it; 9 where a word is missing. */
function rankOf(name, words) {
  if (!words.every(word => name.includes(word))) return 9;
  const [first] = words;
  if (name === first) return 0;
  const place = name.indexOf(first);
  if (place === 0) return 1;
  return /[^a-z0-9]/.test(name[place - 1]) ? 2 : 3;
}

/** The node that a text names exactly, by id or name, or -1. */
export function nodeNamed(graph, text) {
  if (!text) return -1;
  const byID = graph.nodeOf.get(text);
  if (byID !== undefined) return byID;
  const exact = graph.names.indexOf(text);
  return exact >= 0 ? exact : graph.names.findIndex(name => name.toLowerCase() === text.toLowerCase());
}
