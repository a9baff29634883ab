/** The version in `If-Match: "7"`; null without one. */
export function ifMatchVersion(request: Request): number | null {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(request.headers.get('if-match') ?? '')?.[1]
  return version === undefined ? null : Number.parseInt(version, 10)
}
