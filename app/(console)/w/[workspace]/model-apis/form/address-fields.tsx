'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { basePath } from '@/lib/domain/model-api.ts'
import { belowBase, routesOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Under which names and path callers find the API. */
export function AddressFields() {
  const t = useTranslations('model-apis.form')
  return (
    <FormSection title={t('address')} note={t('addressNote')}>
      <DomainsField />
      <TextField<ModelApiFormValues> name="basePath" label={t('basePath')} help={t('basePathHelp')} mono />
      <SwitchField<ModelApiFormValues> name="removeBasePath" label={t('strip')} help={<PathPreview />} />
    </FormSection>
  )
}

/** What the caller asks for, and what the service is asked for. */
function PathPreview() {
  const t = useTranslations('model-apis.form')
  const [written, strips, useCase, protocol] = useWatch<
    ModelApiFormValues,
    readonly ['basePath', 'removeBasePath', 'useCase', 'protocol']
  >({ name: ['basePath', 'removeBasePath', 'useCase', 'protocol'] })
  const parsed = basePath.safeParse(written)
  const route = routesOf(useCase, protocol)[0]?.path ?? '/'
  if (!parsed.success) return null
  const outside = belowBase(parsed.data, route)
  return (
    <span className="[overflow-wrap:anywhere]">
      <span className="font-mono">{outside}</span>
      <span aria-hidden="true"> → </span>
      <span className="sr-only">{t('becomes')}</span>
      <span className="font-mono">{strips ? route : outside}</span>
    </span>
  )
}

function DomainsField() {
  const t = useTranslations('model-apis.form')
  const { workspace } = useWorkspace()
  const gatewayId = useWatch<ModelApiFormValues, 'gatewayId'>({ name: 'gatewayId' })
  const domains = useQuery(domainQueries.list(workspace, gatewayId)).data
  const { id, field, error } = useField<ModelApiFormValues>({ name: 'domainIds' })
  const chosen: readonly string[] = Array.isArray(field.value) ? (field.value as string[]) : []
  const toggle = (domain: string, on: boolean) => {
    field.onChange(on ? [...chosen, domain] : chosen.filter((other) => other !== domain))
  }
  const help = chosen.length === 0 ? t('domainsNone') : undefined
  return (
    <FieldFrame id={id} label={t('domains')} help={help} error={error} as="group">
      {domains?.length === 0 ? (
        <p className="text-control text-ink-2">
          {t('domainsMissing')}{' '}
          <TextLink href={`/w/${encodeURIComponent(workspace)}/domains?create=true`}>
            {t('domainsCreate')}
          </TextLink>
        </p>
      ) : (
        <fieldset aria-labelledby={`${id}-label`} className="flex flex-col gap-1.5">
          {(domains ?? []).map((domain) => (
            <label
              key={domain.id}
              htmlFor={`${id}-${domain.id}`}
              className="flex min-h-6 items-center gap-2.5"
            >
              <Checkbox
                id={`${id}-${domain.id}`}
                aria-label={domain.name}
                checked={chosen.includes(domain.id)}
                onCheckedChange={(on) => toggle(domain.id, on)}
              />
              <span className="min-w-0 font-mono text-control [overflow-wrap:anywhere]">{domain.name}</span>
              <span className="text-meta text-ink-3">{domain.protocol.toUpperCase()}</span>
            </label>
          ))}
        </fieldset>
      )}
    </FieldFrame>
  )
}
