'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Section } from '@/components/page/section.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import { objectHref } from '../../../object-href.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useModelApi } from '../model-api-context.ts'
import { type EditedPlugin, HeldPlugin } from './held-plugin.tsx'
import { pluginAnchors } from './plugin-anchors.ts'
import { PluginForm } from './plugin-form.tsx'

const values = z.object({ enabled: z.boolean() })

/** Whether it asks who calls, and who is admitted then. */
export function AuthorizationSection() {
  const t = useTranslations('plugins.authorization')
  return (
    <Section id={pluginAnchors.authorization} title={t('title')} note={t('note')}>
      <HeldPlugin name="authorization">{(edited) => <AuthorizationForm {...edited} />}</HeldPlugin>
    </Section>
  )
}

function AuthorizationForm(edited: EditedPlugin<'authorization'>) {
  const t = useTranslations('plugins.authorization')
  const words = useTranslations('plugins')
  const form = useKitForm({ schema: values, defaultValues: { enabled: edited.base.enabled } })
  return (
    <PluginForm
      title={t('title')}
      edited={edited}
      form={form}
      toPlugin={(plugin) => plugin}
      facts={({ enabled }) => [[t('enabled'), words(enabled ? 'on' : 'off')]]}
      fieldLabels={{ enabled: t('enabled') }}
    >
      <SwitchField name="enabled" control={form.control} label={t('enabled')} help={t('enabledHelp')} />
      <Granted />
    </PluginForm>
  )
}

/** Who is admitted once it is on; nobody granted means that every call is refused. */
function Granted() {
  const t = useTranslations('plugins.authorization')
  const { id } = useModelApi()
  const { workspace } = useWorkspace()
  const enabled = useWatch<{ enabled: boolean }, 'enabled'>({ name: 'enabled' })
  const { data, error } = useQuery(consumerQueries.list(workspace))
  const granted = data?.filter(({ modelApis }) => modelApis.some((api) => api.id === id))
  const list = <TextLink href={`/w/${encodeURIComponent(workspace)}/consumers`}>{t('toConsumers')}</TextLink>
  if (granted === undefined) return <FailureText error={error} />
  if (granted.length === 0) {
    return enabled ? (
      <Callout tone="warn" action={list}>
        {t('nobody')}
      </Callout>
    ) : (
      <p className="text-control text-ink-2">
        {t('nobodyYet')} {list}
      </p>
    )
  }
  return (
    <div>
      <p className="text-control font-medium">{t('granted', { count: granted.length })}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-control">
        {granted.map((consumer) => (
          <li key={consumer.id} className="[overflow-wrap:anywhere]">
            <TextLink
              plain
              translate="no"
              href={objectHref(workspace, { kind: 'consumer', id: consumer.id }) ?? ''}
            >
              {consumer.name}
            </TextLink>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-control">{list}</p>
    </div>
  )
}
