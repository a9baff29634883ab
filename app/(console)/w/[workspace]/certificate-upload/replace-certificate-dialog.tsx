'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Callout } from '@/components/feedback/callout.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { useUpdateCertificate } from '@/lib/client/certificates-queries.ts'
import { type Certificate, coversName, createCertificateInput } from '@/lib/domain/certificate.ts'
import { UsersList } from '../object-users.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { KeyPairFields } from './key-pair-fields.tsx'

const { chain, key } = createCertificateInput.shape
const replaceValues = z.object({ chain, key, passphrase: z.string() })
type ReplaceValues = z.infer<typeof replaceValues>

interface ReplaceCertificateDialogProps {
  readonly certificate: Certificate
  readonly onClose: () => void
}

/** A new chain and key in place of the old: domains keep the certificate, callers get the new one. */
export function ReplaceCertificateDialog({ certificate, onClose }: ReplaceCertificateDialogProps) {
  const t = useTranslations('certificates.replace')
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={onClose}
      title={t('title', { name: certificate.name })}
      description={t('note')}
    >
      {/* A submit climbs through React's tree into the form that this dialog was opened from. */}
      <div onSubmit={(event) => event.stopPropagation()}>
        <ReplaceForm certificate={certificate} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function ReplaceForm({ certificate, onClose }: ReplaceCertificateDialogProps) {
  const t = useTranslations('certificates.replace')
  const fields = useTranslations('certificates.upload')
  const { workspace } = useWorkspace()
  const update = useUpdateCertificate(workspace, certificate.id)
  const [names, setNames] = useState<readonly string[] | null>(null)
  const form = useKitForm({ schema: replaceValues, defaultValues: { chain: '', key: '', passphrase: '' } })
  const lost = certificate.usedBy.filter(
    ({ kind, name }) => kind === 'domain' && names !== null && !coversName(names, name),
  )
  const submit = async ({ passphrase, ...values }: ReplaceValues) => {
    await update.mutateAsync({ ...values, passphrase: passphrase || null, version: certificate.version })
    toast(t('done'))
    onClose()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('title', { name: certificate.name })}>
      <div className="flex flex-col gap-[18px]">
        {certificate.usedBy.length === 0 ? null : (
          <div>
            <p className="mb-1 text-control">{t('usedBy', { count: certificate.usedBy.length })}</p>
            <UsersList users={certificate.usedBy} />
          </div>
        )}
        <KeyPairFields onFacts={(facts) => setNames(facts.names)} />
        {lost.length === 0 ? null : (
          <Callout tone="bad">{t('notCovered', { names: lost.map(({ name }) => name).join(', ') })}</Callout>
        )}
      </div>
      <FormBar
        submitLabel={t('submit')}
        sticky={false}
        onCancel={onClose}
        fieldLabels={{ chain: fields('chain'), key: fields('key'), passphrase: fields('passphrase') }}
      />
    </Form>
  )
}
