'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { useForgetComplaints } from '@/components/form/use-forget-complaints.ts'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { routingModes } from '@/lib/domain/model-routing.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { newServiceHref } from '../model-api-href.ts'
import { IntentFields } from './intent-fields.tsx'
import { MetricsFields } from './metrics-fields.tsx'
import { RouteTester } from './route-tester.tsx'
import { RulesFields } from './rules-fields.tsx'
import { TargetFields } from './target-fields.tsx'
import { useServiceItems } from './use-service-items.ts'
import { WeightsField } from './weights-field.tsx'

/** What each way of routing asks for. */
const modeParts = ['single', 'rules', 'others', 'weights', 'metrics', 'intent'] as const

/** How a request picks its service. */
export function RoutingFields() {
  const t = useTranslations('model-apis.form')
  const modes = useTranslations('model-apis.modes')
  const texts = useTranslations('model-apis.modeTexts')
  const { workspace } = useWorkspace()
  const { services } = useServiceItems()
  const mode = useWatch<ModelApiFormValues, 'mode'>({ name: 'mode' })
  useForgetComplaints(mode, modeParts)
  return (
    <FormSection title={t('routing')} note={t('routingNote')}>
      <RadioCardsField<ModelApiFormValues>
        name="mode"
        label={t('mode')}
        items={routingModes.map((value) => ({ value, title: modes(value), description: texts(value) }))}
      />
      {services.length === 0 ? (
        <p className="text-control text-ink-2">
          {t('servicesNone')} <TextLink href={newServiceHref(workspace)}>{t('servicesCreate')}</TextLink>
        </p>
      ) : null}
      <ModeFields mode={mode} />
    </FormSection>
  )
}

function ModeFields({ mode }: { readonly mode: ModelApiFormValues['mode'] }) {
  switch (mode) {
    case 'single':
      return (
        <>
          <div>
            <TargetFields path="single" />
          </div>
          <RouteTester />
        </>
      )
    case 'model-name':
      return <RulesFields />
    case 'weight':
      return <WeightsField />
    case 'metrics':
      return <MetricsFields />
    case 'intent':
      return <IntentFields />
  }
}
