'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { EditDeleteActions } from '../../edit-delete-actions.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { consumerHref, consumersHref } from '../consumer-href.ts'
import { DeleteConsumerDialog } from '../delete-consumer-dialog.tsx'
import { useConsumersRefusal } from '../use-consumers-refusal.ts'

export function ConsumerHeader({ consumer }: { readonly consumer: Consumer }) {
  const t = useTranslations('consumers')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const refusal = useConsumersRefusal()
  const [deleting, setDeleting] = useState(false)
  const editHref = consumerHref(workspace, consumer.id, 'edit')
  useShellActions(
    refusal === undefined
      ? [
          { id: 'consumer-edit', group: 'page', label: t('edit'), href: editHref, shortcut: 'e' },
          { id: 'consumer-delete', group: 'page', label: t('deleteLong'), run: () => setDeleting(true) },
        ]
      : [],
  )
  return (
    <>
      <PageHeader
        title={consumer.name}
        translated={false}
        status={<Admission consumer={consumer} />}
        actions={
          <EditDeleteActions
            labels={{ edit: t('edit'), delete: t('delete') }}
            editHref={editHref}
            refusal={refusal}
            onDelete={() => setDeleting(true)}
          />
        }
      />
      {deleting ? (
        <DeleteConsumerDialog
          consumer={consumer}
          onDeleted={() => router.push(consumersHref(workspace))}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </>
  )
}

/** Whether it can call anything; if not, what is missing. */
function Admission({ consumer: { credentials, modelApis } }: { readonly consumer: Consumer }) {
  const t = useTranslations('consumers')
  if (credentials.length === 0) return <StatusText tone="idle">{t('noCredential')}</StatusText>
  if (modelApis.length === 0) return <StatusText tone="idle">{t('noGrant')}</StatusText>
  return <StatusText tone="ok">{t('mayCall', { count: modelApis.length })}</StatusText>
}
