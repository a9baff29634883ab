/**
 * Loaded before Portkey starts: with the packages that npm installs for it, it sets a header on the very Response
 * that `fetch` gave it and answers every stream with 500. A copy of the Response has headers that can be set.
 */
const original = globalThis.fetch

globalThis.fetch = async (...call: Parameters<typeof fetch>) => {
  const answer = await original(...call)
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer
  return new Response(answer.body, { status: answer.status, headers: new Headers(answer.headers) })
}
