'use client'

import { useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { ChipsField } from '@/components/form/chips-field.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { useFetchModels } from '@/lib/client/upstream-services-queries.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { useServiceDraft } from './use-service-draft.ts'

interface ModelsFieldProps {
  readonly manifest: ProviderManifest
  readonly manifests: readonly ProviderManifest[]
  readonly serviceId: string | null
}

/** Models that people may choose; the provider can be asked, and any name may be written. */
export function ModelsField({ manifest, manifests, serviceId }: ModelsFieldProps) {
  const t = useTranslations('services.form')
  const sentence = useSentences()
  const { workspace } = useWorkspace()
  const { getValues, setValue } = useFormContext<ServiceFormValues>()
  const fetchModels = useFetchModels(workspace)
  const draft = useServiceDraft(manifests)
  // Of another provider they would be wrong.
  const [found, setFound] = useState<{ readonly of: string; readonly models: readonly string[] } | null>(null)
  const models = found?.of === manifest.id ? found.models : []
  const fetch = async () => {
    const service = await draft()
    if (service === null) return
    const answer = await fetchModels.mutateAsync({ serviceId, service })
    setFound({ of: manifest.id, models: answer.models })
  }
  const addAll = () => {
    const all = [...new Set([...getValues('models'), ...models])].slice(0, 200)
    setValue('models', all, { shouldDirty: true, shouldValidate: true })
  }
  const message = fetchModels.data?.message
  return (
    <div className="max-w-[560px]">
      <ChipsField<ServiceFormValues>
        name="models"
        label={t('models')}
        items={[...new Set([...manifest.models, ...models])]}
        placeholder={t('modelsPlaceholder')}
        help={t('modelsHelp')}
      />
      {manifest.listsModels ? (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control">
          <Button
            size="sm"
            loading={fetchModels.isPending}
            // A refusal stands below; the button itself has nothing to add.
            onClick={() => void fetch().catch(() => undefined)}
          >
            {t('modelsFetch')}
          </Button>
          <span role="status" className="flex flex-wrap items-center gap-x-2 text-ink-2">
            {found?.of === manifest.id && !message ? t('modelsFound', { count: models.length }) : null}
            {message ? <span className="whitespace-pre-line text-bad-text">{sentence(message)}</span> : null}
          </span>
          {models.length > 0 ? (
            <Button size="sm" variant="quiet" onClick={addAll}>
              {t('modelsAddAll')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <FailureText error={fetchModels.error} />
    </div>
  )
}
