import * as z from 'zod'
import { type Certificate, coversName } from '@/lib/domain/certificate.ts'
import {
  asciiDomain,
  type CreateDomainForm,
  createDomainInput,
  type Domain,
  type UpdateDomainInput,
} from '@/lib/domain/domain-name.ts'

const { shape } = createDomainInput

const tlsFields = {
  protocol: shape.protocol.unwrap(),
  /** `own`: an uploaded one. `automatic`: ordered and renewed. */
  certificate: z.enum(['own', 'automatic']),
  /** Null: the best match of what is uploaded. */
  certificateId: shape.certificateId.unwrap(),
  forceHttps: z.boolean(),
}

/** How a domain is served, as its form edits it. */
export const domainTlsValues = z.object(tlsFields)
export type DomainTlsValues = z.infer<typeof domainTlsValues>

/** A new domain, as its form edits it. */
export const domainValues = z.object({
  gatewayId: shape.gatewayId,
  name: shape.name,
  side: shape.side.unwrap(),
  vpcId: shape.vpcId.unwrap(),
  ...tlsFields,
})
export type DomainValues = z.infer<typeof domainValues>

export const newTlsValues: DomainTlsValues = {
  protocol: 'https',
  certificate: 'own',
  certificateId: null,
  forceHttps: true,
}

export function tlsValuesOf(domain: Domain): DomainTlsValues {
  return {
    protocol: domain.protocol,
    certificate: domain.automaticCertificate ? 'automatic' : 'own',
    certificateId: domain.automaticCertificate ? null : (domain.certificate?.id ?? null),
    forceHttps: domain.forceHttps,
  }
}

export function toCreateDomain(values: DomainValues, certificates: readonly Certificate[]): CreateDomainForm {
  const { gatewayId, name, side, vpcId } = values
  return {
    gatewayId,
    name,
    side,
    vpcId: side === 'private' ? vpcId : null,
    ...toTls(values, name, certificates),
  }
}

export function toUpdateDomain(
  values: DomainTlsValues,
  domain: Domain,
  certificates: readonly Certificate[],
): UpdateDomainInput {
  return { ...toTls(values, domain.name, certificates), version: domain.version }
}

function toTls(values: DomainTlsValues, name: string, certificates: readonly Certificate[]) {
  const isTls = values.protocol === 'https'
  const automaticCertificate = isTls && values.certificate === 'automatic'
  return {
    protocol: values.protocol,
    forceHttps: isTls && values.forceHttps,
    automaticCertificate,
    certificateId: isTls && !automaticCertificate ? chosenCertificate(values, name, certificates) : null,
  }
}

/** The certificate that the form stands on: the one chosen, else the best match. */
export function chosenCertificate(
  { certificateId }: Pick<DomainTlsValues, 'certificateId'>,
  name: string,
  certificates: readonly Certificate[],
): string | null {
  return certificateId ?? bestCertificate(name, certificates)?.id ?? null
}

/** Covers the name and is valid; the one that lasts longest. */
export function bestCertificate(name: string, certificates: readonly Certificate[]): Certificate | undefined {
  return certificates
    .filter((certificate) => certificateFit(certificate, name) === 'fits')
    .sort((left, right) => right.notAfter.localeCompare(left.notAfter))[0]
}

/** Why a certificate cannot serve a name. A name that cannot be read yet fits all that have not expired. */
export function certificateFit(certificate: Certificate, name: string): 'fits' | 'expired' | 'another-name' {
  if (certificate.daysLeft < 0) return 'expired'
  const ascii = asciiDomain(name)
  return ascii === null || coversName(certificate.names, ascii) ? 'fits' : 'another-name'
}

/** Only names that the Internet can ask for, without wildcard: the order is proven over HTTP (RFC 8555 §8.3). */
export function automaticRefusal(name: string, side: Domain['side']): 'private' | 'wildcard' | null {
  if (side === 'private') return 'private'
  return name.trim().startsWith('*.') ? 'wildcard' : null
}
