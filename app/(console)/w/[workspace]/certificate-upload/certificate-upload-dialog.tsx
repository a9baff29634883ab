'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { certificateQueries, useCreateCertificate } from '@/lib/client/certificates-queries.ts'
import { type Certificate, createCertificateInput } from '@/lib/domain/certificate.ts'
import { useWorkspace } from '../use-workspace.ts'
import { KeyPairFields } from './key-pair-fields.tsx'
import { suggestName } from './read-pem.ts'

const { name, chain, key, installation } = createCertificateInput.shape
const uploadValues = z.object({
  name,
  chain,
  key,
  passphrase: z.string(),
  installation: installation.unwrap(),
})
type UploadValues = z.infer<typeof uploadValues>

interface CertificateUploadDialogProps {
  /** For domains of the shared gateway, or not; without it the owner of the installation is asked. */
  readonly forInstallation?: boolean
  readonly onUploaded: (certificate: Certificate) => void
  readonly onClose: () => void
}

/** Takes a certificate and its key, showing what they are before anything is saved. Opens over any form. */
export function CertificateUploadDialog(props: CertificateUploadDialogProps) {
  const t = useTranslations('certificates.upload')
  return (
    <Dialog open width="lg" onOpenChange={props.onClose} title={t('title')} description={t('note')}>
      {/* A submit climbs through React's tree into the form that this dialog was opened from. */}
      <div onSubmit={(event) => event.stopPropagation()}>
        <UploadForm {...props} />
      </div>
    </Dialog>
  )
}

function UploadForm({ forInstallation, onUploaded, onClose }: CertificateUploadDialogProps) {
  const t = useTranslations('certificates.upload')
  const { workspace, ownsInstallation } = useWorkspace()
  const { data: others = [] } = useQuery(certificateQueries.list(workspace))
  const create = useCreateCertificate(workspace)
  const form = useKitForm({
    schema: uploadValues,
    defaultValues: { name: '', chain: '', key: '', passphrase: '', installation: forInstallation ?? false },
  })
  const submit = async ({ passphrase, ...values }: UploadValues) => {
    const created = await create.mutateAsync({ ...values, passphrase: passphrase || null })
    toast(t('done'))
    onUploaded(created)
  }
  const follow = (hosts: readonly string[]) => {
    if (form.getFieldState('name').isDirty) return
    const suggestion = suggestName(
      hosts,
      others.map((other) => other.name),
    )
    form.resetField('name', { defaultValue: suggestion })
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('title')}>
      <div className="flex flex-col gap-[18px]">
        <KeyPairFields onFacts={({ names }) => follow(names)} />
        <TextField name="name" control={form.control} label={t('name')} help={t('nameHelp')} mono />
        {forInstallation === undefined && ownsInstallation ? (
          <SwitchField
            name="installation"
            control={form.control}
            label={t('installation')}
            help={t('installationHelp')}
            look="checkbox"
          />
        ) : null}
      </div>
      <FormBar
        submitLabel={t('submit')}
        sticky={false}
        onCancel={onClose}
        fieldLabels={{ name: t('name'), chain: t('chain'), key: t('key'), passphrase: t('passphrase') }}
      />
    </Form>
  )
}
