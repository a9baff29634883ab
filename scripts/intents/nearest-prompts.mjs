/** How alike two prompts are: their common groups of three characters, of all that either has (Jaccard), 0 to 1.
 * Case, spaces and punctuation do not count.
 * @param {ReadonlySet<string>} a @param {ReadonlySet<string>} b */
export function likeness(a, b) {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const group of small) if (large.has(group)) common++
  return common / (a.size + b.size - common)
}

/** @param {string} text */
export function groupsOf(text) {
  const plain = ` ${text
    .toLowerCase()
    .replaceAll(/[\p{P}\p{Z}\s]+/gu, ' ')
    .trim()} `
  const groups = new Set([plain])
  for (let at = 0; at + 3 <= plain.length; at++) groups.add(plain.slice(at, at + 3))
  return groups
}

/** What is much longer cannot be alike.
 * @param {number} a @param {number} b @param {number} likenessMax */
function mayBeAlike(a, b, likenessMax) {
  return Math.min(a, b) > likenessMax * Math.max(a, b)
}

/** Prompts of one list that the other has too, or nearly.
 * @param {readonly string[]} prompts @param {readonly string[]} others @param {number} likenessMax */
export function findNearCopies(prompts, others, likenessMax) {
  const known = others.map((text) => ({ text, groups: groupsOf(text) }))
  return prompts.flatMap((text) => {
    const groups = groupsOf(text)
    return known
      .filter((other) => mayBeAlike(groups.size, other.groups.size, likenessMax))
      .map((other) => ({ text, other: other.text, likeness: likeness(groups, other.groups) }))
      .filter((each) => each.likeness > likenessMax)
  })
}
