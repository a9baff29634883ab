/** The JSON text of a model, laid out as the formatter would.
 * @param {import('../../lib/intents/intent-model.ts').IntentModelFile} model */
export function modelText(model) {
  const lines = Object.entries(model).map(([name, value]) => {
    const text = Array.isArray(value)
      ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
      : JSON.stringify(value)
    return `  ${JSON.stringify(name)}: ${text}`
  })
  return `{\n${lines.join(',\n')}\n}\n`
}
