import { consoleContext } from '@/lib/console/console-context.ts'

/** Ends the session of the request's cookie, if it has one. Returns the `Set-Cookie` values that clear it. */
export async function signOut(requestHeaders: Headers): Promise<readonly string[]> {
  const headers = new Headers()
  const cookie = requestHeaders.get('cookie')
  if (cookie !== null) headers.set('cookie', cookie)
  const answer = await consoleContext().auth.api.signOut({ headers, returnHeaders: true })
  return answer.headers.getSetCookie()
}
