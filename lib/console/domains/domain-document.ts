import type { DomainDocument } from '@/lib/control-plane/history-documents.ts'
import type { DomainRow } from '@/lib/persistence/domain-store.ts'

export function domainDocument(row: Omit<DomainRow, 'gateway' | 'certificate'>): DomainDocument {
  const { name, side, protocol, certificateId, automaticCertificate, forceHttps, vpcId } = row
  return { name, side, protocol, certificateId, automaticCertificate, forceHttps, vpcId }
}
