'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { gatewayQueries, useUpdateGateway } from '@/lib/client/gateways-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { FormHeld } from '../../../form-held.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VersionConflict } from '../../../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../../../versioned-form.tsx'
import { ClientAddressFields } from './client-address-fields.tsx'
import { GatewayReviewDialog } from './gateway-review-dialog.tsx'
import {
  changesOf,
  countNames,
  type GatewaySettingsValues,
  gatewaySettingsValues,
  limitNames,
  rateNames,
  valuesOf,
} from './gateway-settings-values.ts'
import { LimitField } from './limit-field.tsx'
import { LoadFields } from './load-fields.tsx'
import { useGatewayDiff } from './use-gateway-diff.ts'

interface Review {
  readonly values: GatewaySettingsValues
  readonly saved: () => void
  readonly held: () => void
}

export function GatewaySettingsForm(edited: Edited<Gateway>) {
  const { base, latest, onRebase } = edited
  const t = useTranslations('gateways.settings')
  const { workspace } = useWorkspace()
  const update = useUpdateGateway(workspace, base.id)
  const queryClient = useQueryClient()
  const diff = useGatewayDiff()
  const [review, setReview] = useState<Review | null>(null)
  const before = valuesOf(base)
  const form = useKitForm({ schema: gatewaySettingsValues, defaultValues: before })
  const { isDirty } = form.formState
  useFollowLatest(edited, isDirty)
  const behind = isDirty && latest.version !== base.version
  const labels = Object.fromEntries(
    [...limitNames, ...rateNames, ...countNames, 'trustedProxies' as const, 'proxyProtocol' as const].map(
      (name) => [name, t(`fields.${name}`)],
    ),
  )

  const submit = (values: GatewaySettingsValues) => {
    if (changesOf(before, values) === null) {
      toast(t('nothing'))
      return
    }
    return new Promise<void>((resolve, reject) =>
      setReview({ values, saved: resolve, held: () => reject(new FormHeld()) }),
    )
  }
  /** Over whatever is newest: the review shows the difference to it. */
  const apply = async (values: GatewaySettingsValues) => {
    const changes = changesOf(valuesOf(latest), values)
    if (changes !== null) {
      await update.mutateAsync({ ...changes, version: latest.version }).catch(async (error: unknown) => {
        await queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) })
        throw error
      })
    }
    toast(t('saved'))
    review?.saved()
    setReview(null)
  }

  return (
    <Form form={form} onSubmit={submit} aria-label={t('limits')}>
      {behind ? (
        <VersionConflict
          theirs={diff(before, valuesOf(latest))}
          busy={form.formState.isSubmitting}
          onTakeTheirs={onRebase}
        />
      ) : null}
      <FormSection title={t('limits')} note={t('limitsNote')}>
        {limitNames.map((name) => (
          <LimitField key={name} name={name} control={form.control} />
        ))}
      </FormSection>
      <FormSection title={t('load')} note={t('loadNote')}>
        <LoadFields control={form.control} />
      </FormSection>
      <FormSection title={t('proxies')} note={t('proxiesNote')}>
        <ClientAddressFields control={form.control} />
      </FormSection>
      <FormBar submitLabel={t('review')} fieldLabels={labels} />
      {review === null ? null : (
        <GatewayReviewDialog
          gateway={latest}
          changes={diff(valuesOf(latest), review.values)}
          onApply={() => apply(review.values)}
          onClose={() => {
            review.held()
            setReview(null)
          }}
        />
      )}
    </Form>
  )
}
