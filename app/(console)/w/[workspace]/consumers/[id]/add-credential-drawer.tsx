'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Button } from '@/components/ui/button.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import {
  type CredentialForm,
  createCredentialOf,
  credentialFieldPath,
  credentialFormSchema,
  emptyCredential,
} from '@/lib/client/consumer-form.ts'
import { useAddCredential } from '@/lib/client/consumers-queries.ts'
import type { Credential } from '@/lib/domain/consumer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { CredentialFields } from '../form/credential-fields.tsx'
import { useCredentialLabels } from '../form/use-credential-labels.ts'
import { MadeSecret, secretOf } from '../made-secret.tsx'

interface AddCredentialDrawerProps {
  readonly consumerId: string
  readonly onClose: () => void
}

/** One more credential beside the others; then its key, which is shown this once. */
export function AddCredentialDrawer({ consumerId, onClose }: AddCredentialDrawerProps) {
  const t = useTranslations('consumers.credentials')
  const made = useTranslations('consumers.made')
  const [added, setAdded] = useState<Credential | null>(null)
  const show = (credential: Credential) => {
    toast(t('added'))
    if (secretOf(credential) === null) onClose()
    else setAdded(credential)
  }
  return (
    <Drawer
      open
      width={720}
      onOpenChange={onClose}
      title={t(added ? 'addedTitle' : 'add')}
      description={added ? made('once') : t('addNote')}
      footer={
        added ? (
          <Button variant="primary" onClick={onClose}>
            {made('done')}
          </Button>
        ) : null
      }
    >
      {added ? (
        <MadeSecret credential={added} />
      ) : (
        <AddForm consumerId={consumerId} onAdded={show} onCancel={onClose} />
      )}
    </Drawer>
  )
}

interface AddFormProps {
  readonly consumerId: string
  readonly onAdded: (credential: Credential) => void
  readonly onCancel: () => void
}

function AddForm({ consumerId, onAdded, onCancel }: AddFormProps) {
  const t = useTranslations('consumers.credentials')
  const { workspace } = useWorkspace()
  const add = useAddCredential(workspace, consumerId)
  const error = useIssueText()
  const form = useKitForm({
    schema: credentialFormSchema(error),
    defaultValues: { credential: emptyCredential },
  })
  const labels = useCredentialLabels()
  const submit = async (values: CredentialForm) => {
    try {
      onAdded(await add.mutateAsync(createCredentialOf(values)))
    } catch (refusal) {
      throw withFieldPaths(refusal, credentialFieldPath)
    }
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('add')}>
      <div className="flex flex-col gap-[18px]">
        <CredentialFields types={['api-key', 'jwt', 'hmac']} columns={1} />
      </div>
      <FormBar submitLabel={t('add')} sticky={false} onCancel={onCancel} fieldLabels={labels} />
    </Form>
  )
}
