import { fieldError } from '@/lib/console/field-error.ts'
import type { ModelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { DebugInput } from '@/lib/domain/debug.ts'
import { belowBase, type ModelApiRoute, routesOf } from '@/lib/domain/model-api-routes.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { findDomain } from '@/lib/persistence/domain-store.ts'
import type { ModelApiRow } from '@/lib/persistence/model-api-store.ts'
import type { DebugCall } from './debug-port.ts'
import { originsOf } from './view-model-apis.ts'

export type DebugAddress = Pick<DebugCall, 'side' | 'scheme' | 'target'> & {
  readonly host: string
  readonly url: string
}

/** What may stand in the first line of a request. */
const sendable = /^[\x21-\x22\x24-\x7e]+$/

/** Where the call goes, as a caller of the API would write it. Throws `invalid_input`. */
export async function debugAddress(
  transaction: Transaction,
  row: ModelApiRow,
  document: ModelApiDocument,
  input: DebugInput,
): Promise<DebugAddress> {
  refuseWebSocket(document, input.path)
  if (!sendable.test(input.path)) {
    throw fieldError(
      'path',
      'path_not_sendable',
      'Write the path in ASCII, without spaces and #; others as %20, for example.',
    )
  }
  const { origin, side } = await originOf(transaction, row, document, input.domainId)
  const { host, protocol } = new URL(origin)
  const target = belowBase(document.basePath, input.path)
  return { side, scheme: protocol === 'https:' ? 'https' : 'http', target, host, url: origin + target }
}

async function originOf(
  transaction: Transaction,
  row: ModelApiRow,
  { domainIds }: ModelApiDocument,
  domainId: string | null,
): Promise<{ origin: string; side: DebugCall['side'] }> {
  const origins = await originsOf(transaction, row.gateway)
  if (domainId === null) {
    if (domainIds.length > 0) {
      throw fieldError(
        'domainId',
        'domain_needed',
        'This API answers under its own domain names alone. Choose one of them.',
      )
    }
    // A gateway without a network has no address yet, and everything else that a call needs.
    return { origin: origins.get('')?.[0] ?? `http://${row.gateway.name}.invalid`, side: 'internet' }
  }
  const domain = domainIds.includes(domainId) ? await findDomain(transaction, domainId) : null
  if (domain === null) throw fieldError('domainId', 'domain_unknown', 'The API has no such domain name.')
  const name = domain.name.replace(/^\*/, 'debug')
  const known = origins.get(domain.id)?.[0]?.replace('://*.', '://debug.')
  const side = domain.side === 'private' ? 'vpc' : 'internet'
  return { origin: known ?? `${domain.protocol === 'https' ? 'https' : 'http'}://${name}`, side }
}

function refuseWebSocket({ useCase, protocol }: ModelApiDocument, path: string): void {
  const [asked] = path.split('?', 1)
  const isAsked = (route: ModelApiRoute) => asked === route.path || asked === `${route.path}/`
  const route = routesOf(useCase, protocol).find(isAsked)
  if (route?.carries.includes('websocket') !== true) return
  throw fieldError(
    'path',
    'websocket_not_debugged',
    'This route is a WebSocket, which cannot be debugged here. Connect to it with a WebSocket client.',
  )
}
