'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useStartInferenceService, useStopInferenceService } from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

type Versioned = Pick<InferenceService, 'id' | 'name' | 'version'>

export type ActionFailure = {
  readonly name: string
  readonly act: 'stop' | 'start' | 'delete'
  readonly error: unknown
}

/** Stops and starts services at once; each act can be undone. What failed is listed, per service. */
export function useServiceActions(workspace: string) {
  const t = useTranslations('inference-services.actions')
  const { mutateAsync: startOne } = useStartInferenceService(workspace)
  const { mutateAsync: stopOne } = useStopInferenceService(workspace)
  const [failures, setFailures] = useState<readonly ActionFailure[]>([])

  async function run(
    act: 'start' | 'stop',
    services: readonly Versioned[],
  ): Promise<readonly InferenceService[]> {
    const one = act === 'start' ? startOne : stopOne
    const results = await Promise.allSettled(services.map((service) => one(service)))
    const failed = results.flatMap((result, index) => {
      const name = services[index]?.name ?? ''
      return result.status === 'rejected' ? [{ name, act, error: result.reason }] : []
    })
    setFailures(failed)
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }

  async function stop(services: readonly Versioned[]) {
    const done = await run('stop', services)
    if (done.length === 0) return
    toast(t('stopped', { count: done.length }), { undo: async () => void (await run('start', done)) })
  }

  async function start(services: readonly Versioned[]) {
    const done = await run('start', services)
    if (done.length === 0) return
    toast(t('started', { count: done.length }), { undo: async () => void (await run('stop', done)) })
  }

  return { stop, start, failures, setFailures }
}
