import { refusal } from '@/lib/gateway/error.ts'
import type { Caller } from '@/lib/gateway/stages/authorize/caller.ts'
import { isSignedWith } from '@/lib/gateway/stages/authorize/eas-signature.ts'
import type { ServiceToken } from '@/lib/gateway/stages/authorize/token-index.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

const howTo =
  "Send the service's token as `Authorization: <token>` or `Authorization: Bearer <token>`, or sign the request with an EAS SDK."
const bearer = /^bearer +/i
const signed = /^EAS +/

/** Takes the raw token, `Bearer <token>` and the SDK signature. */
export function authorize(route: Route, now: number): Caller {
  const { authorization } = route.request.headers
  if (authorization === null || authorization === '') {
    throw refusal('credential_missing', `This service needs a token. ${howTo}`)
  }
  const token = findToken(route, authorization)
  if (token === undefined) {
    throw refusal('credential_rejected', `The token or signature is not valid for this service. ${howTo}`)
  }
  if (token.expiresAt !== null && token.expiresAt <= now) {
    throw refusal('credential_expired', `The token has expired. Use the service's current token. ${howTo}`)
  }
  return token.caller
}

function findToken(route: Route, authorization: string): ServiceToken | undefined {
  const { tokens } = route.service
  const scheme = signed.exec(authorization)
  if (scheme !== null) return findSigner(route, authorization.slice(scheme[0].length).trim())
  const prefix = bearer.exec(authorization)
  return tokens.find((prefix === null ? authorization : authorization.slice(prefix[0].length)).trim())
}

function findSigner(route: Route, signature: string): ServiceToken | undefined {
  const { request, service } = route
  const signedRequest = {
    method: request.method,
    url: request.url,
    serviceName: route.form === 'path' ? service.name : null,
    contentMd5: request.headers.contentMd5,
    contentType: request.headers.contentType,
    date: request.headers.date,
  }
  return service.tokens.all.find((token) => isSignedWith(token.value, signature, signedRequest))
}
