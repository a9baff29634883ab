import type { Gateway } from '@/lib/domain/gateway.ts'

export type SetupStepId = 'network' | 'whitelist' | 'domain' | 'service' | 'call'

export interface SetupStep {
  readonly id: SetupStepId
  /** `next` is the first that is needed; `domain` never is. */
  readonly state: 'done' | 'next' | 'open'
}

type SetupGateway = Pick<Gateway, 'type' | 'internet' | 'vpc' | 'domains' | 'services' | 'requests24h'>

/** What is left until calls arrive at a dedicated gateway. Null once they have, and for the shared one. */
export function setupSteps(gateway: SetupGateway): SetupStep[] | null {
  const { type, internet, vpc, domains, services, requests24h } = gateway
  if (type === 'shared') return null
  const reachable = internet.enabled || vpc.enabled
  // Every VPC begins with a list that admits all of it.
  const admitting = vpc.enabled || (internet.enabled && (internet.whitelistBlocks ?? 1) > 0)
  const steps: { id: SetupStepId; done: boolean }[] = [
    { id: 'network', done: reachable },
    { id: 'whitelist', done: admitting },
    { id: 'domain', done: domains > 0 },
    { id: 'service', done: services > 0 },
    { id: 'call', done: requests24h > 0 },
  ]
  const missing = steps.filter(({ id, done }) => !done && id !== 'domain')
  if (missing.length === 0) return null
  return steps.map(({ id, done }) => ({
    id,
    state: done ? 'done' : id === missing[0]?.id ? 'next' : 'open',
  }))
}
