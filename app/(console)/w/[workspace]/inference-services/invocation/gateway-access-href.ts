import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { Side } from './invocation-choice.ts'

/** The page that switches a side of the gateway on; its overview for the shared one, or without a side. */
export function gatewayAccessHref(
  workspace: string,
  { id, type }: InferenceService['gateway'],
  side: Side | null,
): string {
  const href = `/w/${encodeURIComponent(workspace)}/gateways/${encodeURIComponent(id)}`
  if (type === 'shared' || side === null) return href
  return side === 'internet' ? `${href}/access?net=internet` : `${href}/access`
}
