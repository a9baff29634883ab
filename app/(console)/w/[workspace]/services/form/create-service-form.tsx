'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageHeader } from '@/components/page/page-header.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { createServiceOf } from '@/lib/client/service-form-input.ts'
import { serviceFormSchema } from '@/lib/client/service-form-schema.ts'
import { emptyServiceForm, type ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { useCreateUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ServiceSource } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { newServiceHref, serviceHref, servicesHref } from '../service-href.ts'
import { ServiceForm } from './service-form.tsx'

interface CreateServiceFormProps {
  readonly source: ServiceSource
  readonly gatewayId: string
  readonly manifests: readonly ProviderManifest[]
  readonly onSource: (source: ServiceSource) => void
}

export function CreateServiceForm({ source, gatewayId, manifests, onSource }: CreateServiceFormProps) {
  const t = useTranslations('services')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const create = useCreateUpstreamService(workspace)
  const error = useIssueText()
  const locale = useLocale()
  const form = useKitForm({
    schema: serviceFormSchema({ manifests, locale, error }),
    defaultValues: emptyServiceForm(source, gatewayId),
  })
  const { setValue } = form
  // The source is in the address; what was typed stays when it changes there.
  useEffect(() => setValue('source', source), [setValue, source])
  const save = async (values: ServiceFormValues) => {
    const created = await create.mutateAsync(createServiceOf(values, manifests))
    toast(t('created'))
    router.push(serviceHref(workspace, created.id))
  }
  const title = t(`createTitles.${source}`)
  return (
    <ServiceForm
      form={form}
      source={source}
      manifests={manifests}
      service={null}
      title={title}
      submitLabel={t('create')}
      cancelHref={servicesHref(workspace)}
      onSource={onSource}
      onSave={save}
      header={
        <PageHeader
          title={title}
          actions={
            <ButtonLink variant="quiet" href={newServiceHref(workspace)}>
              {t('otherSource')}
            </ButtonLink>
          }
        />
      }
    />
  )
}
