import { domainToUnicode } from 'node:url'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError, takenName } from '@/lib/console/field-error.ts'
import { asciiDomain, type CreateDomainInput, type Domain } from '@/lib/domain/domain-name.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { insertDomain, isDomainTaken } from '@/lib/persistence/domain-store.ts'
import { type GatewayRow, getGateway } from '@/lib/persistence/gateway-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { type DomainPlan, requireForeignName, requireProtocol, requireSide } from './check-domain.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { getDomain } from './get-domain.ts'
import { startOrder } from './order-certificate.ts'
import { recordDomain } from './record-domain.ts'
import { requireDomain, requireDomainWrite } from './require-domain.ts'

/** Throws `conflict` when the installation has the name. An automatic certificate is ordered at once. */
export async function createDomain(input: CreateDomainInput, caller: WorkspaceCaller): Promise<Domain> {
  const id = createId('dom')
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, id, input, caller),
  )
  domainPublished([row.gatewayId], row.workspaceId, { id, version: 1 })
  if (row.automaticCertificate) startOrder(id)
  return await getDomain(id, caller)
}

async function insert(
  transaction: Transaction,
  id: string,
  input: CreateDomainInput,
  caller: WorkspaceCaller,
) {
  const gateway = await getGateway(transaction, caller.workspace.id, input.gatewayId)
  if (gateway === null) throw fieldError('gatewayId', 'gateway_unknown', 'There is no such gateway.')
  const { workspaceId } = gateway
  requireDomainWrite(caller, { workspaceId })
  const plan = planOf(input, gateway)
  requireForeignName(plan.name)
  if (await isDomainTaken(transaction, plan.name)) {
    throw takenName(`${plan.name} is taken: a gateway of this installation has it already.`, plan.name)
  }
  await requireSide(transaction, gateway, plan)
  if (input.certificateId !== null && plan.automaticCertificate) {
    const message = 'Choose a certificate or let one be ordered automatically, not both.'
    throw fieldError('certificateId', 'certificate_twice', message)
  }
  await requireProtocol(transaction, plan, workspaceId)
  const unicodeName = domainToUnicode(plan.name.replace(/^\*\./, ''))
  await insertDomain(transaction, {
    ...plan,
    id,
    workspaceId,
    gatewayId: gateway.id,
    unicodeName: plan.name.startsWith('*.') ? `*.${unicodeName}` : unicodeName,
  })
  const row = await requireDomain(transaction, id, caller)
  const after = domainDocument(row)
  await recordDomain(transaction, caller, { action: 'domain.created', domain: row, before: null, after })
  return row
}

/** What does not belong to the protocol or the side is left out. */
function planOf(input: CreateDomainInput, gateway: GatewayRow): DomainPlan {
  const isHttps = input.protocol === 'https'
  return {
    name: asciiDomain(input.name) ?? '',
    side: input.side,
    protocol: input.protocol,
    certificateId: isHttps ? input.certificateId : null,
    automaticCertificate: isHttps && input.automaticCertificate,
    forceHttps: input.forceHttps,
    vpcId: input.side === 'private' && gateway.type !== 'shared' ? input.vpcId : null,
  }
}
