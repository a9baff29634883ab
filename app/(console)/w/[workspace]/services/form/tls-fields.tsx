'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { certificateQueries } from '@/lib/client/certificates-queries.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { DocumentField } from './document-field.tsx'

const modes = ['off', 'one-way', 'mutual'] as const

/** Whether the upstream is spoken to in TLS, whom it is believed to be, and who the gateway is to it. */
export function TlsFields() {
  const t = useTranslations('services.form')
  const mode = useWatch<ServiceFormValues, 'tls.mode'>({ name: 'tls.mode' })
  return (
    <FormSection title={t('tls')} note={t('tlsNote')}>
      <RadioCardsField<ServiceFormValues>
        name="tls.mode"
        label={t('tlsMode')}
        columns={3}
        items={modes.map((value) => ({
          value,
          title: t(`tlsModes.${value}`),
          description: t(`tlsModeTexts.${value}`),
        }))}
      />
      {mode === 'off' ? null : (
        <>
          <TextField<ServiceFormValues>
            name="tls.serverName"
            label={t('serverName')}
            help={t('serverNameHelp')}
            optional
            mono
          />
          <DocumentField
            name="tls.ca"
            label={t('ca')}
            help={t('caHelp')}
            optional
            rows={4}
            placeholder="-----BEGIN CERTIFICATE-----"
            accept=".pem,.crt,.cer,.txt"
          />
        </>
      )}
      {mode === 'mutual' ? <ClientCertificateField /> : null}
    </FormSection>
  )
}

function ClientCertificateField() {
  const t = useTranslations('services.form')
  const { workspace } = useWorkspace()
  const certificates = useQuery(certificateQueries.list(workspace)).data
  // The installation's certificates are the shared gateway's own, not this workspace's to show.
  const own = certificates?.filter(({ installation }) => !installation) ?? []
  return (
    <SelectField<ServiceFormValues>
      name="tls.certificateId"
      label={t('clientCertificate')}
      help={certificates && own.length === 0 ? t('clientCertificateNone') : undefined}
      placeholder={t('clientCertificateChoose')}
      items={own.map(({ id, name, names, daysLeft }) => ({
        value: id,
        label: name,
        description: names.join(', '),
        disabledReason: daysLeft < 0 ? t('clientCertificateExpired') : undefined,
      }))}
    />
  )
}
