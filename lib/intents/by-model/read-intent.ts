/** More than a label is no answer; of what is longer nothing is read. */
const answerMax = 2_000

/**
 * The one of `names` that the answer of a chat (of OpenAI's form) names, whatever stands around it; null where it names
 * none or several, or is something else.
 */
export function readIntent(body: Buffer, names: ReadonlySet<string>): string | null {
  const words = saidIn(body).match(/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/g) ?? []
  const [intent, ...others] = new Set(words.filter((word) => names.has(word)))
  return intent === undefined || others.length > 0 ? null : intent
}

/** In lower case and without what the model thought before. */
function saidIn(body: Buffer): string {
  let content: unknown
  try {
    content = JSON.parse(body.toString())?.choices?.[0]?.message?.content
  } catch {
    return ''
  }
  if (typeof content !== 'string') return ''
  const [thoughts = '', said = thoughts] = content.split('</think>', 2)
  return said.length > answerMax || said.includes('<think>') ? '' : said.toLowerCase()
}
