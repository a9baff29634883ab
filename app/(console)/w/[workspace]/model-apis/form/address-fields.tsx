'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Button } from '@/components/ui/button.tsx'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { basePath, type ModelApi } from '@/lib/domain/model-api.ts'
import { belowBase, routesOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { AddDomainDrawer } from './add-domain-drawer.tsx'
import { RoutesField } from './routes-field.tsx'
import { TakenNote } from './taken-note.tsx'
import { useTakenPlaces } from './use-taken-places.ts'

/** Under which names and path callers find the API. */
export function AddressFields({ api }: { readonly api: ModelApi | null }) {
  const t = useTranslations('model-apis.form')
  const { placeOwner } = useTakenPlaces(api)
  return (
    <FormSection title={t('address')} note={t('addressNote')}>
      <DomainsField />
      <TextField<ModelApiFormValues> name="basePath" label={t('basePath')} help={t('basePathHelp')} mono />
      {placeOwner ? <TakenNote message="placeTaken" owner={placeOwner} /> : null}
      <SwitchField<ModelApiFormValues> name="removeBasePath" label={t('strip')} help={<PathPreview />} />
      <RoutesField />
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
  const { workspace, may } = useWorkspace()
  const gatewayId = useWatch<ModelApiFormValues, 'gatewayId'>({ name: 'gatewayId' })
  const domains = useQuery(domainQueries.list(workspace, gatewayId)).data
  const { id, field, error } = useField<ModelApiFormValues>({ name: 'domainIds' })
  const chosen: readonly string[] = Array.isArray(field.value) ? (field.value as string[]) : []
  const toggle = (domain: string, on: boolean) => {
    field.onChange(on ? [...chosen, domain] : chosen.filter((other) => other !== domain))
  }
  const help = chosen.length === 0 ? t('domainsNone') : undefined
  const [adding, setAdding] = useState(false)
  return (
    <FieldFrame id={id} label={t('domains')} help={help} error={error} as="group">
      {domains?.length === 0 ? (
        <p className="text-control text-ink-2">{t('domainsMissing')}</p>
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
      <Button
        size="sm"
        icon={Plus}
        className="mt-2"
        disabledReason={may('domains.write') ? undefined : t('domainsRefused')}
        onClick={() => setAdding(true)}
      >
        {t('domainsAdd')}
      </Button>
      {adding ? (
        <AddDomainDrawer
          gatewayId={gatewayId}
          onCreated={(domain) => toggle(domain.id, true)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </FieldFrame>
  )
}
