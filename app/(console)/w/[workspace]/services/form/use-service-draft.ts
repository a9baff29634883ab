'use client'

import { useFormContext } from 'react-hook-form'
import { createServiceOf } from '@/lib/client/service-form-input.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { CreateServiceForm } from '@/lib/domain/upstream-service.ts'

/** The service as it stands in the form, for a try before it is saved; null when the form has complaints. */
export function useServiceDraft(
  manifests: readonly ProviderManifest[],
): () => Promise<CreateServiceForm | null> {
  const { getValues, setValue, trigger } = useFormContext<ServiceFormValues>()
  return async () => {
    // A try needs no name, and must not complain of its absence.
    const nameless = getValues('name').trim() === ''
    if (nameless) setValue('name', 'draft')
    const good = await trigger(undefined, { shouldFocus: true })
    const service = createServiceOf(getValues(), manifests)
    if (nameless) setValue('name', '')
    return good ? service : null
  }
}
