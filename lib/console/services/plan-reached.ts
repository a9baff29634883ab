import { caProblem } from '@/lib/console/certificates/ca-problem.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type ServiceConfig, type TlsConfig, tlsOf } from '@/lib/control-plane/service-config.ts'
import { isDnsName } from '@/lib/domain/dns-name.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import { hostPortComplaints, hostPortText, readHostPort } from '@/lib/domain/host-port.ts'
import { findCertificate } from '@/lib/persistence/certificate-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getSource } from '@/lib/persistence/source-store.ts'

/** Where a service is to be: what it names must be of the same workspace, its source of the same gateway, too. */
export interface ServicePlace {
  readonly workspaceId: string
  readonly gatewayId: string
}

/** What is wrong with addresses, TLS and whatever the service is found in; the paths are those of its part. */
export async function reachedProblems(
  transaction: Transaction,
  config: ServiceConfig,
  place: ServicePlace,
): Promise<readonly InvalidField[]> {
  const tls = tlsOf(config)
  return [
    ...addressProblems(config),
    ...(await sourceProblems(transaction, config, place)),
    ...(tls === null ? [] : await tlsProblems(transaction, tls, place)),
    ...checkProblems(config),
  ]
}

function addressProblems(config: ServiceConfig): InvalidField[] {
  if (config.source === 'dns') {
    return hostPortComplaints(config.addresses, 'dns').map(({ index, ...complaint }) => ({
      path: `addresses.${index}`,
      ...complaint,
    }))
  }
  if (config.source !== 'fixed') return []
  const texts = config.addresses.map(({ address }) => address)
  return hostPortComplaints(texts, 'fixed').map(({ index, ...complaint }) => ({
    path: `addresses.${index}.address`,
    ...complaint,
  }))
}

/** Each address as it is stored: in its shortest form. */
export function withPlainAddresses(config: ServiceConfig): ServiceConfig {
  if (config.source === 'dns') return { ...config, addresses: config.addresses.map(plain) }
  if (config.source !== 'fixed') return config
  const addresses = config.addresses.map(({ address, weight }) => ({ address: plain(address), weight }))
  return { ...config, addresses }
}

function plain(text: string): string {
  const reading = readHostPort(text)
  return reading.ok ? hostPortText(reading.value) : text
}

async function sourceProblems(
  transaction: Transaction,
  config: ServiceConfig,
  { workspaceId, gatewayId }: ServicePlace,
): Promise<InvalidField[]> {
  if (!('sourceId' in config)) return []
  const row = await getSource(transaction, workspaceId, config.sourceId)
  if (row === null || row.id !== config.sourceId || row.type !== config.source) {
    const message = 'There is no such source in this workspace.'
    return [{ path: 'sourceId', code: 'source_unknown', message }]
  }
  if (row.gatewayId === gatewayId) return []
  const message = `${row.name} is a source of the gateway ${row.gateway.name}. Choose one of the service’s gateway.`
  return [{ path: 'sourceId', code: 'source_elsewhere', message, params: { gateway: row.gateway.name } }]
}

async function tlsProblems(
  transaction: Transaction,
  tls: TlsConfig,
  place: ServicePlace,
): Promise<InvalidField[]> {
  if (tls.mode === 'off') return []
  const ca = tls.ca === null ? null : caProblem(tls.ca)
  const client = tls.mode === 'mutual' ? await clientProblem(transaction, tls.certificateId, place) : null
  return [
    ...(ca === null ? [] : [{ ...ca, path: 'tls.ca' }]),
    ...(client === null ? [] : [{ ...client, path: 'tls.certificateId' }]),
    ...(tls.serverName === null || isDnsName(tls.serverName) ? [] : [serverNameProblem]),
  ]
}

const serverNameProblem = {
  path: 'tls.serverName',
  code: 'server_name',
  message: 'Write the DNS name that the certificate has, without a port.',
}

async function clientProblem(
  transaction: Transaction,
  id: string,
  { workspaceId }: ServicePlace,
): Promise<Omit<InvalidField, 'path'> | null> {
  const certificate = await findCertificate(transaction, id)
  if (certificate === null || certificate.workspaceId !== workspaceId) {
    return { code: 'certificate_unknown', message: 'This workspace has no such certificate.' }
  }
  if (certificate.notAfter.getTime() > consoleContext().clock.now()) return null
  const day = certificate.notAfter.toISOString().slice(0, 10)
  const message = `Certificate ${certificate.name} expired on ${day}. Replace it first, or choose another one.`
  return { code: 'certificate_expired', message }
}

function checkProblems(config: ServiceConfig): InvalidField[] {
  const check = 'healthCheck' in config ? config.healthCheck : null
  if (check === null || check.timeoutMs < check.intervalMs) return []
  const message = 'Make the timeout shorter than the interval.'
  return [{ path: 'healthCheck.timeoutMs', code: 'timeout', message }]
}
