'use client'

import { serviceConfig } from '@/lib/client/service-form-values.ts'
import { useTestUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { useServicesRefusal } from '../use-services-refusal.ts'
import { TestFields } from './test-fields.tsx'
import { TestResult } from './test-result.tsx'

/** Calls a stored service with its own keys. */
export function TestServicePanel({ service }: { readonly service: UpstreamService }) {
  const { workspace } = useWorkspace()
  const test = useTestUpstreamService(workspace, service.id)
  const refusal = useServicesRefusal('services')
  return (
    <TestFields
      source={service.source}
      models={service.models}
      startPath={serviceConfig(service).healthCheck?.path}
      keys={service.keys}
      running={test.isPending}
      disabledReason={refusal}
      onRun={(input) => test.mutate(input)}
    >
      <TestResult result={test.isPending ? undefined : test.data} error={test.error} />
    </TestFields>
  )
}
