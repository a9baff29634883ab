'use client'

import { useState } from 'react'
import { type Control, type FieldValues, useController } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Button } from '@/components/ui/button.tsx'
import { Combobox } from '@/components/ui/combobox.tsx'
import { certificateFit, chosenCertificate, type DomainTlsValues } from '@/lib/client/domain-form-values.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { asciiDomain } from '@/lib/domain/domain-name.ts'
import { CertificateUploadDialog } from '../certificate-upload/certificate-upload-dialog.tsx'

interface CertificateFieldProps {
  readonly control: Control<DomainTlsValues, unknown, FieldValues>
  readonly label: string
  /** Of the domain, as far as it is written. */
  readonly name: string
  readonly certificates: readonly Certificate[]
  readonly forInstallation: boolean
}

/** The certificates that cover the name; the others stay in the list and say why they cannot serve it. */
export function CertificateField(props: CertificateFieldProps) {
  const { control, label, name, certificates, forInstallation } = props
  const t = useTranslations('domain-form')
  const help = certificates.length === 0 ? t('noCertificates') : undefined
  const { id, field, error, attributes } = useField({ name: 'certificateId', control, help })
  const [uploading, setUploading] = useState(false)
  const { field: own } = useController({ control, name: 'certificateId' })
  const items = certificates
    .map((certificate) => ({ certificate, fit: certificateFit(certificate, name) }))
    .sort((left, right) => Number(right.fit === 'fits') - Number(left.fit === 'fits'))
    .map(({ certificate, fit }) => ({
      value: certificate.id,
      label: certificate.name,
      description: `${certificate.names.join(', ')} · ${t('daysLeft', { days: certificate.daysLeft })}`,
      disabledReason: disabledReason(fit),
    }))
  function disabledReason(fit: ReturnType<typeof certificateFit>): string | undefined {
    if (fit === 'fits') return undefined
    return fit === 'expired' ? t('expired') : t('coversOther', { name: asciiDomain(name) ?? name })
  }
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <Combobox
        {...attributes}
        id={id}
        ref={field.ref}
        items={items}
        value={chosenCertificate({ certificateId: own.value }, name, certificates)}
        onValueChange={own.onChange}
        onBlur={field.onBlur}
        placeholder={t('chooseCertificate')}
      />
      <Button size="sm" className="mt-2" onClick={() => setUploading(true)}>
        {t('upload')}
      </Button>
      {uploading ? (
        <CertificateUploadDialog
          forInstallation={forInstallation}
          onUploaded={({ id: uploaded }) => {
            own.onChange(uploaded)
            setUploading(false)
          }}
          onClose={() => setUploading(false)}
        />
      ) : null}
    </FieldFrame>
  )
}
