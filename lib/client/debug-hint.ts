import type { DebugFailure } from './debug-run.ts'

/** Why a call failed and what helps, where that is known. Pages translate by it. */
export type DebugHint =
  | 'badRequest'
  | 'blocked'
  | 'unauthorized'
  | 'notGranted'
  | 'notRouted'
  | 'notFound'
  | 'tooLarge'
  | 'limited'
  | 'providerLimited'
  | 'providerKeys'
  | 'badAnswer'
  | 'unreachable'
  | 'egress'
  | 'noInstance'
  | 'overloaded'
  | 'timedOut'
  | 'firstPacket'
  | 'disabled'
  | 'moderation'
  | 'unsupported'
  | 'providerError'
  | 'gatewayError'

/** By the gateway's own codes; see docs/failure-modes.md. */
const byCode: Readonly<Record<string, DebugHint>> = {
  invalid_request: 'badRequest',
  content_blocked: 'blocked',
  operation_not_supported: 'unsupported',
  credential_missing: 'unauthorized',
  credential_rejected: 'unauthorized',
  credential_expired: 'unauthorized',
  consumer_not_granted: 'notGranted',
  model_not_routed: 'notRouted',
  route_not_found: 'notFound',
  model_api_disabled: 'disabled',
  moderation_unavailable: 'moderation',
  body_too_large: 'tooLarge',
  rate_limited: 'limited',
  quota_exceeded: 'limited',
  upstream_credential_rejected: 'providerKeys',
  upstream_bad_answer: 'badAnswer',
  upstream_unreachable: 'unreachable',
  egress_denied: 'egress',
  no_ready_instance: 'noInstance',
  overloaded: 'overloaded',
  upstream_timed_out: 'timedOut',
  first_packet_timed_out: 'firstPacket',
}

export function debugHint({ status, code, source, isBroken }: DebugFailure): DebugHint | null {
  const known = code === null ? undefined : byCode[code]
  if (known !== undefined) return known
  // Nobody else takes over what the caller has begun to read.
  if (isBroken) return null
  if (source === 'upstream' && status === 429) return 'providerLimited'
  if (status === 413) return 'tooLarge'
  if (status === 429) return 'limited'
  if (status === 504) return 'timedOut'
  if (status >= 500) return source === 'gateway' ? 'gatewayError' : 'providerError'
  if (status === 404) return 'notFound'
  if (status === 401 || status === 403) return source === 'upstream' ? 'providerKeys' : 'unauthorized'
  return status >= 400 ? 'badRequest' : null
}
