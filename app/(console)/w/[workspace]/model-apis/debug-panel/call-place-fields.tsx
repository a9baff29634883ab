'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Select } from '@/components/ui/select.tsx'
import type { useCallPlaces } from './use-call-places.ts'
import type { GrantedConsumers } from './use-granted-consumers.ts'

interface CallPlaceFieldsProps {
  readonly places: ReturnType<typeof useCallPlaces>
  readonly consumers: GrantedConsumers
  readonly onDomain: (domainId: string | null) => void
  readonly onConsumer: (consumerId: string | null) => void
}

/** Under which name a call is made, and in whose. */
export function CallPlaceFields({ places, consumers, onDomain, onConsumer }: CallPlaceFieldsProps) {
  const t = useTranslations('debug.settings')
  const id = useId()
  return (
    <>
      <FieldFrame id={`${id}-domain`} label={t('domain')} help={places.note}>
        <Select
          id={`${id}-domain`}
          aria-labelledby={`${id}-domain-label`}
          mono
          items={places.items}
          value={places.value}
          onValueChange={(value) => onDomain(places.idOf(value))}
        />
      </FieldFrame>
      {consumers === null ? null : (
        <FieldFrame id={`${id}-consumer`} label={t('consumer')} help={t('consumerHelp')}>
          <Select
            id={`${id}-consumer`}
            aria-labelledby={`${id}-consumer-label`}
            items={consumers.items}
            value={consumers.value}
            onValueChange={(value) => onConsumer(consumers.idOf(value))}
          />
        </FieldFrame>
      )}
    </>
  )
}
