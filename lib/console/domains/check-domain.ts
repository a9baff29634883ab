import { certificateNames } from '@/lib/console/certificates/certificate-view.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import type { DomainDocument } from '@/lib/control-plane/history-documents.ts'
import { coversName } from '@/lib/domain/certificate.ts'
import { findCertificate } from '@/lib/persistence/certificate-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

/** A domain name as it would be stored. */
export type DomainPlan = Omit<DomainDocument, 'acmeChallenges'>

/** Names that are the installation's own: under another gateway they would take its callers. */
export function requireForeignName(name: string): void {
  const { gatewayHost, baseDomain } = consoleContext().place
  const isWildcard = name.startsWith('*.')
  const bare = isWildcard ? name.slice(2) : name
  for (const own of [baseDomain, gatewayHost]) {
    if (own === null) continue
    const parent = own.slice(own.indexOf('.') + 1)
    if (bare === own || bare.endsWith(`.${own}`) || (isWildcard && bare === parent)) {
      const message = `${own} is this installation’s own name, with all names below it. Choose another one.`
      throw fieldError('name', 'own_name', message, { own })
    }
  }
}

export async function requireSide(
  transaction: Transaction,
  gateway: GatewayRow,
  { side, vpcId }: Pick<DomainPlan, 'side' | 'vpcId'>,
): Promise<void> {
  const { name } = gateway
  if (side === 'public') {
    if (gateway.internetEnabled) return
    const message = `${name} has no Internet access. Switch it on first, or make this a private name.`
    throw fieldError('side', 'internet_off', message, { name })
  }
  if (!gateway.vpcEnabled) {
    throw fieldError('side', 'vpc_off', `${name} has no VPC yet. Add one first.`, { name })
  }
  if (gateway.type === 'shared') return
  if (vpcId === null) throw fieldError('vpcId', 'vpc_missing', 'Choose the VPC that the name is for.')
  const { links } = await getGatewayNetwork(transaction, gateway.id)
  const isLinked = links.some(
    (link) => link.side === 'vpc' && link.consent === 'granted' && link.vpcId === vpcId,
  )
  if (!isLinked) throw fieldError('vpcId', 'vpc_unlinked', `This is not a VPC of ${name}.`, { name })
}

export async function requireProtocol(
  transaction: Transaction,
  plan: DomainPlan,
  workspaceId: string | null,
  /** That an order is to replace: it serves until then, whatever it is. */
  replacedId: string | null = null,
): Promise<void> {
  if (plan.protocol === 'http') {
    if (!plan.forceHttps) return
    throw fieldError('forceHttps', 'needs_https', 'Only a name with HTTPS can redirect to it.')
  }
  if (plan.automaticCertificate) requireOrderable(plan)
  else if (plan.certificateId === null) {
    const message = 'HTTPS needs a certificate. Choose one, or let it be ordered automatically.'
    throw fieldError('certificateId', 'certificate_missing', message)
  }
  const isReplaced = plan.automaticCertificate && plan.certificateId === replacedId
  if (plan.certificateId !== null && !isReplaced)
    await requireCovering(transaction, plan.name, plan.certificateId, workspaceId)
}

/** Over HTTP the issuer asks the name itself, from the Internet, and never one below a wildcard (RFC 8555 §7.1.3). */
function requireOrderable({ name, side }: DomainPlan): void {
  if (side === 'private') {
    const message = 'The issuer cannot reach a private name. Upload a certificate instead.'
    throw fieldError('automaticCertificate', 'automatic_private', message)
  }
  if (name.startsWith('*.')) {
    const message = 'A certificate for a wildcard cannot be ordered automatically. Upload one instead.'
    throw fieldError('automaticCertificate', 'automatic_wildcard', message)
  }
}

async function requireCovering(
  transaction: Transaction,
  name: string,
  certificateId: string,
  workspaceId: string | null,
): Promise<void> {
  const certificate = await findCertificate(transaction, certificateId)
  if (certificate === null || certificate.workspaceId !== workspaceId) {
    const message =
      workspaceId === null
        ? 'The installation has no such certificate. Names of the shared gateway take one of the installation.'
        : 'This workspace has no such certificate.'
    throw fieldError('certificateId', 'certificate_unknown', message)
  }
  const names = certificateNames(certificate)
  if (!coversName(names, name)) {
    const message = `Certificate ${certificate.name} does not cover ${name}. It covers ${names.join(', ')}.`
    throw fieldError('certificateId', 'certificate_uncovered', message, { name })
  }
  if (certificate.notAfter.getTime() <= consoleContext().clock.now()) {
    const day = certificate.notAfter.toISOString().slice(0, 10)
    const message = `Certificate ${certificate.name} expired on ${day}. Replace it first, or choose another one.`
    throw fieldError('certificateId', 'certificate_expired', message)
  }
}
