'use client'

import { useTranslations } from 'use-intl'
import { useIssueText } from '@/components/form/issue-text.ts'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Section } from '@/components/page/section.tsx'
import {
  type ModerationValues,
  moderationFieldPath,
  moderationFormSchema,
  moderationOf,
  moderationValuesOf,
} from '@/lib/client/moderation-form.ts'
import type { Moderation, ModerationEndpoint } from '@/lib/domain/moderation.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useEveryService } from '../../../use-every-service.ts'
import { useModelApi } from '../../model-api-context.ts'
import { type EditedPlugin, HeldPlugin } from '../held-plugin.tsx'
import { pluginAnchors } from '../plugin-anchors.ts'
import { PluginForm } from '../plugin-form.tsx'
import { JudgeFields } from './judge-fields.tsx'
import { ModerationRules } from './moderation-rules.tsx'
import { ModerationTrialBox } from './moderation-trial-box.tsx'

/** What texts may not hold, with a box to try it. */
export function ModerationSection() {
  const t = useTranslations('plugins.moderation')
  const { useCase } = useModelApi()
  const possible = useCase === 'text' || useCase === 'embedding'
  return (
    <Section id={pluginAnchors.moderation} title={t('title')} note={t('note')}>
      {possible ? (
        <HeldPlugin name="moderation">{(edited) => <ModerationPluginForm {...edited} />}</HeldPlugin>
      ) : (
        <p className="text-control text-ink-2">{t('impossible')}</p>
      )}
    </Section>
  )
}

function ModerationPluginForm(edited: EditedPlugin<'moderation'>) {
  const t = useTranslations('plugins.moderation')
  const { base } = edited
  const error = useIssueText()
  const form = useKitForm({
    schema: moderationFormSchema(error),
    defaultValues: moderationValuesOf(base),
  })
  const facts = useModerationFacts()
  return (
    <PluginForm
      title={t('title')}
      edited={edited}
      form={form}
      toPlugin={moderationOf}
      fieldPath={moderationFieldPath}
      facts={facts}
      aside={<ModerationTrialBox />}
      fieldLabels={{
        enabled: t('enabled'),
        request: t('request'),
        reply: t('reply'),
        rules: t('rules'),
        'judge.serviceId': t('judgeService'),
        'judge.model': t('judgeModel'),
        'judge.categories': t('judgeCategories'),
        'judge.timeoutMs': t('judgeTimeout'),
        message: t('message'),
      }}
    >
      <SwitchField name="enabled" control={form.control} label={t('enabled')} />
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <SwitchField name="request" control={form.control} label={t('request')} look="checkbox" />
        <SwitchField name="reply" control={form.control} label={t('reply')} look="checkbox" />
      </div>
      <ModerationRules />
      <JudgeFields />
      <TextField<ModerationValues>
        name="message"
        label={t('message')}
        help={t('messageHelp')}
        charactersMax={500}
        optional
      />
    </PluginForm>
  )
}

function useModerationFacts() {
  const t = useTranslations('plugins.moderation')
  const words = useTranslations('plugins')
  const onOff = (on: boolean) => words(on ? 'on' : 'off')
  const services = useEveryService()
  return ({ enabled, request, reply, rules, endpoint, message }: Moderation) =>
    [
      [t('enabled'), onOff(enabled)],
      [t('request'), onOff(request)],
      [t('reply'), onOff(reply)],
      [t('rules'), rules.map(({ action, text }) => `${t(`actions.${action}`)} ${text}`).join(', ')],
      [t('judgeService'), endpoint ? judgeName(endpoint, services) : '—'],
      [t('message'), message ?? '—'],
    ] as const
}

function judgeName({ serviceId, model }: ModerationEndpoint, services: readonly UpstreamService[]): string {
  const name = services.find(({ id }) => id === serviceId)?.name ?? serviceId
  return model === null ? name : `${name}, ${model}`
}
