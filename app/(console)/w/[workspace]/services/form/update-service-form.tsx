'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageHeader } from '@/components/page/page-header.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { updateServiceOf } from '@/lib/client/service-form-input.ts'
import { serviceFormSchema } from '@/lib/client/service-form-schema.ts'
import { type ServiceFormValues, serviceFormOf } from '@/lib/client/service-form-values.ts'
import { useUpdateUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { FormHeld } from '../../form-held.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { serviceHref } from '../service-href.ts'
import { ServiceForm } from './service-form.tsx'

interface UpdateServiceFormProps {
  /** As it was when editing began. */
  readonly base: UpstreamService
  /** As the console has it now. */
  readonly latest: UpstreamService
  readonly manifests: readonly ProviderManifest[]
  /** Starts again from the latest. */
  readonly onRebase: () => void
  readonly onStale: () => void
}

export function UpdateServiceForm({ base, latest, manifests, onRebase, onStale }: UpdateServiceFormProps) {
  const t = useTranslations('services')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const update = useUpdateUpstreamService(workspace, base.id)
  const error = useIssueText()
  const locale = useLocale()
  const form = useKitForm({
    schema: serviceFormSchema({ manifests, locale, error }),
    defaultValues: serviceFormOf(base),
  })
  const [held, setHeld] = useState(false)
  const save = async (values: ServiceFormValues) => {
    // After the warning below, saving again means over what the other person wrote.
    const version = held ? latest.version : base.version
    try {
      await update.mutateAsync(updateServiceOf(values, manifests, version))
    } catch (refusal) {
      if (!(refusal instanceof ConsoleApiError) || refusal.code !== 'version_conflict') throw refusal
      onStale()
      setHeld(true)
      throw new FormHeld()
    }
    toast(t('saved'))
    router.push(serviceHref(workspace, base.id))
  }
  const title = t('editTitle', { name: base.name })
  return (
    <ServiceForm
      form={form}
      source={base.source}
      manifests={manifests}
      service={base}
      title={title}
      submitLabel={t(held ? 'saveOver' : 'save')}
      cancelHref={serviceHref(workspace, base.id)}
      onSource={null}
      onSave={save}
      header={<PageHeader title={title} />}
      remark={
        held ? (
          <Callout
            tone="warn"
            title={t('conflict.title')}
            action={
              <Button size="sm" onClick={onRebase}>
                {t('conflict.take')}
              </Button>
            }
          >
            {t('conflict.text')}
          </Callout>
        ) : null
      }
    />
  )
}
