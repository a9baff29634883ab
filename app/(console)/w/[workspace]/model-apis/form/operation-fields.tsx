'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useField } from '@/components/form/use-field.ts'
import { CreatableCombobox } from '@/components/ui/creatable-combobox.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { defaultResourceGroup } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Whether it answers, what is kept of its requests, and what it is grouped with. */
export function OperationFields() {
  const t = useTranslations('model-apis.form')
  const [enabled, monitoring] = useWatch<ModelApiFormValues, readonly ['enabled', 'monitoring']>({
    name: ['enabled', 'monitoring'],
  })
  return (
    <FormSection title={t('operation')} note={t('operationNote')}>
      <SwitchField<ModelApiFormValues>
        name="monitoring.enabled"
        label={t('monitoring')}
        help={t('monitoringHelp')}
      />
      {monitoring.enabled ? (
        <div className="flex flex-col gap-2.5 pl-[46px]">
          <SwitchField<ModelApiFormValues>
            name="monitoring.recordRequest"
            look="checkbox"
            label={t('recordRequest')}
          />
          <SwitchField<ModelApiFormValues>
            name="monitoring.recordResponse"
            look="checkbox"
            label={t('recordResponse')}
          />
          {monitoring.recordRequest || monitoring.recordResponse ? (
            <Callout tone="warn">{t('bodiesKept')}</Callout>
          ) : null}
        </div>
      ) : null}
      <ResourceGroupField />
      <SwitchField<ModelApiFormValues>
        name="enabled"
        label={t('enabled')}
        help={enabled ? undefined : t('enabledOff')}
      />
    </FormSection>
  )
}

function ResourceGroupField() {
  const t = useTranslations('model-apis.form')
  const { workspace } = useWorkspace()
  const apis = useQuery(modelApiQueries.list(workspace)).data ?? []
  const { id, field, error, attributes } = useField<ModelApiFormValues>({
    name: 'resourceGroup',
    help: t('resourceGroupHelp'),
  })
  const groups = new Set([defaultResourceGroup, ...apis.map(({ resourceGroup }) => resourceGroup)])
  return (
    <FieldFrame id={id} label={t('resourceGroup')} help={t('resourceGroupHelp')} error={error}>
      <CreatableCombobox
        {...attributes}
        id={id}
        ref={field.ref}
        onBlur={field.onBlur}
        items={[...groups].sort()}
        value={typeof field.value === 'string' ? field.value : ''}
        onValueChange={field.onChange}
      />
    </FieldFrame>
  )
}
