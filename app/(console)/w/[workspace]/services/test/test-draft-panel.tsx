'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { type TestStored, useTestServiceDraft } from '@/lib/client/upstream-services-queries.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ServiceSource } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { useServiceDraft } from '../form/use-service-draft.ts'
import { TestFields } from './test-fields.tsx'
import { TestResult } from './test-result.tsx'

interface TestDraftPanelProps {
  readonly manifests: readonly ProviderManifest[]
  readonly serviceId: string | null
  readonly source: ServiceSource
}

/** Calls what stands in the form, before it is saved. */
export function TestDraftPanel({ manifests, serviceId, source }: TestDraftPanelProps) {
  const t = useTranslations('services.test')
  const { workspace } = useWorkspace()
  const [models, checked, checkPath] = useWatch<
    ServiceFormValues,
    readonly ['models', 'healthCheck.enabled', 'healthCheck.path']
  >({ name: ['models', 'healthCheck.enabled', 'healthCheck.path'] })
  const draft = useServiceDraft(manifests)
  const test = useTestServiceDraft(workspace)
  const run = async (input: TestStored) => {
    const service = await draft()
    if (service !== null) test.mutate({ serviceId, service, test: input })
  }
  return (
    <FormSection title={t('title')} note={t('draftNote')}>
      <TestFields
        source={source}
        models={models}
        startPath={checked ? checkPath : undefined}
        running={test.isPending}
        onRun={(input) => void run(input)}
      >
        <TestResult result={test.isPending ? undefined : test.data} error={test.error} />
      </TestFields>
    </FormSection>
  )
}
