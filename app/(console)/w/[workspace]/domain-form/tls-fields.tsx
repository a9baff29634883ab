'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { automaticRefusal, type DomainTlsValues } from '@/lib/client/domain-form-values.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { CertificateField } from './certificate-field.tsx'
import { useDomainLabels } from './use-domain-labels.ts'

interface TlsFieldsProps {
  readonly name: string
  readonly side: Domain['side']
  readonly certificates: readonly Certificate[]
  /** Uploads are for every workspace: domains of the shared gateway. */
  readonly forInstallation: boolean
}

/** Protocol, certificate and redirect of a domain, in a form that has these fields among others. */
export function TlsFields({ name, side, certificates, forInstallation }: TlsFieldsProps) {
  const t = useTranslations('domain-form')
  const labels = useDomainLabels()
  const { control } = useFormContext<DomainTlsValues>()
  const [protocol, certificate] = useWatch({ control, name: ['protocol', 'certificate'] })
  const refusal = automaticRefusal(name, side)
  return (
    <>
      <RadioCardsField
        name="protocol"
        control={control}
        label={labels.protocol}
        items={[
          { value: 'https', title: 'HTTPS' },
          { value: 'http', title: 'HTTP', description: t('httpText') },
        ]}
      />
      {protocol === 'https' ? (
        <>
          <RadioCardsField
            name="certificate"
            control={control}
            label={labels.certificate}
            items={[
              { value: 'own', title: t('certificates.own'), description: t('certificates.ownText') },
              {
                value: 'automatic',
                title: t('certificates.automatic'),
                description: t('certificates.automaticText'),
                disabledReason: refusal === null ? undefined : t(`automaticRefused.${refusal}`),
              },
            ]}
          />
          {certificate === 'own' ? (
            <CertificateField
              control={control}
              label={labels.certificateId}
              name={name}
              certificates={certificates}
              forInstallation={forInstallation}
            />
          ) : null}
          <SwitchField
            name="forceHttps"
            control={control}
            label={labels.forceHttps}
            help={t('forceHttpsHelp')}
          />
        </>
      ) : null}
    </>
  )
}
