/** Where a path-form address splits: `/api/predict/<service>[/<path>][?query]`. */
export interface PathForm {
  readonly serviceName: string
  /** What the instance gets: starts with `/`, otherwise byte for byte as sent. */
  readonly rest: string
}

const prefix = '/api/predict/'
const doubled = /^\/+api\/+predict\/+/
const slash = 47
const question = 63

/** Null when the URL is not in path form. Doubled slashes around the service's name are tolerated, later ones kept. */
export function readPathForm(url: string): PathForm | null {
  let start = prefix.length
  if (!url.startsWith(prefix) || url.charCodeAt(start) === slash) {
    const match = doubled.exec(url)
    if (match === null) return null
    start = match[0].length
  }
  let end = start
  while (end < url.length && url.charCodeAt(end) !== slash && url.charCodeAt(end) !== question) end++
  if (end === start) return null
  return { serviceName: url.slice(start, end), rest: restFrom(url, end) }
}

function restFrom(url: string, end: number): string {
  let next = end
  while (url.charCodeAt(next) === slash) next++
  return next > end ? url.slice(next - 1) : `/${url.slice(end)}`
}
