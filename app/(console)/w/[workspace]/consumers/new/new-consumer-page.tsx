'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { consumerHref } from '../consumer-href.ts'
import { MadeSecret, secretOf } from '../made-secret.tsx'
import { CreateConsumerForm } from './create-consumer-form.tsx'

/** The form; then the key, shown this once, before the way goes on to the consumer. */
export function NewConsumerPage() {
  const t = useTranslations('consumers')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(modelApiQueries.list(workspace))
  const [created, setCreated] = useState<Consumer | null>(null)
  useCrumbs([{ label: t('create') }])
  const show = (consumer: Consumer) => {
    toast(t('created'))
    if (secretOf(consumer.credentials[0]) === null) router.push(consumerHref(workspace, consumer.id))
    else setCreated(consumer)
  }
  return (
    <PageBody layout="form">
      {data ? (
        <CreateConsumerForm apis={data} onCreated={show} />
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={4} />}>
          {null}
        </Delayed>
      )}
      {created ? (
        <CreatedDialog consumer={created} onClose={() => router.push(consumerHref(workspace, created.id))} />
      ) : null}
    </PageBody>
  )
}

function CreatedDialog({ consumer, onClose }: { readonly consumer: Consumer; readonly onClose: () => void }) {
  const t = useTranslations('consumers.made')
  const [credential] = consumer.credentials
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={onClose}
      title={t('title', { name: consumer.name })}
      description={t('once')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      {credential ? <MadeSecret credential={credential} /> : null}
    </Dialog>
  )
}
