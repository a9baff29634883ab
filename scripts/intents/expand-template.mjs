/** @typedef {ReadonlyMap<string, readonly string[]>} Slots */

/** `# name` begins a slot, the lines after it are its values.
 * @param {readonly string[]} lines @returns {Slots} */
export function readSlots(lines) {
  /** @type {Map<string, string[]>} */
  const slots = new Map()
  /** @type {string[]} */
  let values = []
  for (const line of lines) {
    const name = /^# (\w+)$/.exec(line)?.[1]
    if (name === undefined) values.push(line)
    else {
      values = []
      slots.set(name, values)
    }
  }
  return slots
}

/** Takes one of the alternatives of each «a|b» and one value of each «slot»; what is innermost is taken first.
 * @param {string} template @param {Slots} slots @param {() => number} random */
export function expandTemplate(template, slots, random) {
  let text = template
  for (;;) {
    const found = /«([^«»]*)»/.exec(text)
    if (found === null) return text
    const inside = found[1] ?? ''
    const choices = inside.includes('|') ? inside.split('|') : slots.get(inside)
    if (choices === undefined) throw new Error(`${template}: there is no slot «${inside}»`)
    const choice = choices[Math.floor(random() * choices.length)] ?? ''
    // A function, because a value may contain what a replacement string would read as a pattern.
    text = text.replace(found[0], () => choice)
  }
}
