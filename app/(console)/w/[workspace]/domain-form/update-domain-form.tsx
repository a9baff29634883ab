'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import {
  chosenCertificate,
  type DomainTlsValues,
  domainTlsValues,
  tlsValuesOf,
  toUpdateDomain,
} from '@/lib/client/domain-form-values.ts'
import { useUpdateDomain } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { missingCertificate } from './missing-certificate.ts'
import { TlsFields } from './tls-fields.tsx'
import { useDomainCertificates } from './use-domain-certificates.ts'
import { useDomainLabels } from './use-domain-labels.ts'

interface UpdateDomainFormProps {
  readonly domain: Domain
  readonly onDone: () => void
}

/** Protocol and certificate; name, gateway and side stay. Mount it anew for another domain. */
export function UpdateDomainForm({ domain, onDone }: UpdateDomainFormProps) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const update = useUpdateDomain(workspace, domain.id)
  const labels = useDomainLabels()
  const certificates = useDomainCertificates(domain.gateway.type)
  const form = useKitForm({ schema: domainTlsValues, defaultValues: tlsValuesOf(domain) })
  const submit = async (values: DomainTlsValues) => {
    const own = values.protocol === 'https' && values.certificate === 'own'
    if (own && chosenCertificate(values, domain.name, certificates) === null) {
      throw missingCertificate(t('certificateMissing'))
    }
    await update.mutateAsync(toUpdateDomain(values, domain, certificates))
    toast(t('updated'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('edit')}>
      <div className="flex flex-col gap-[18px]">
        <TlsFields
          name={domain.name}
          side={domain.side}
          certificates={certificates}
          forInstallation={domain.gateway.type === 'shared'}
        />
      </div>
      <FormBar submitLabel={t('save')} sticky={false} onCancel={onDone} fieldLabels={labels} />
    </Form>
  )
}
