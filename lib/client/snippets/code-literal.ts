/** A JSON value as a Python expression, indented by four spaces below `depth`. */
export function pythonLiteral(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value))
    return group(
      '[',
      ']',
      value.map((item) => pythonLiteral(item, depth + 1)),
      depth,
    )
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${quote(key)}: ${pythonLiteral(item, depth + 1)}`,
    )
    return group('{', '}', entries, depth)
  }
  return typeof value === 'string' ? quote(value) : JSON.stringify(value)
}

/** A JSON value as a JavaScript expression, which JSON is, indented by two spaces below `depth`. */
export function javascriptLiteral(value: unknown, depth = 0): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${'  '.repeat(depth)}`)
}

/** JSON's escapes are a subset of Python's and JavaScript's. */
export function quote(text: string): string {
  return JSON.stringify(text)
}

function group(open: string, close: string, items: readonly string[], depth: number): string {
  const inline = `${open}${items.join(', ')}${close}`
  if (items.length === 0 || (inline.length <= 60 && !inline.includes('\n'))) return inline
  const indent = '    '.repeat(depth + 1)
  return `${open}\n${items.map((item) => `${indent}${item},\n`).join('')}${'    '.repeat(depth)}${close}`
}
