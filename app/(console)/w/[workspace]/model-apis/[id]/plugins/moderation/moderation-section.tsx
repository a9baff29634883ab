'use client'

import { useTranslations } from 'use-intl'
import { useIssueText } from '@/components/form/issue-text.ts'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Section } from '@/components/page/section.tsx'
import {
  type ModerationValues,
  moderationFormSchema,
  moderationOf,
  moderationValuesOf,
} from '@/lib/client/moderation-form.ts'
import { type Moderation, moderation } from '@/lib/domain/moderation.ts'
import { useModelApi } from '../../model-api-context.ts'
import { type EditedPlugin, HeldPlugin } from '../held-plugin.tsx'
import { PluginForm } from '../plugin-form.tsx'
import { ModerationRules } from './moderation-rules.tsx'
import { ModerationTrialBox } from './moderation-trial-box.tsx'

/** What texts may not hold, with a box to try it. */
export function ModerationSection() {
  const t = useTranslations('plugins.moderation')
  const { useCase } = useModelApi()
  const possible = useCase === 'text' || useCase === 'embedding'
  return (
    <Section id="moderation" title={t('title')} note={t('note')}>
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
    schema: moderationFormSchema(base, error),
    defaultValues: moderationValuesOf(base),
  })
  const facts = useModerationFacts()
  return (
    <PluginForm
      title={t('title')}
      edited={edited}
      form={form}
      toPlugin={(values) => moderation.parse(moderationOf(values, edited.latest))}
      facts={facts}
      aside={<ModerationTrialBox />}
      fieldLabels={{
        enabled: t('enabled'),
        request: t('request'),
        reply: t('reply'),
        rules: t('rules'),
        message: t('message'),
      }}
    >
      <SwitchField name="enabled" control={form.control} label={t('enabled')} />
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <SwitchField name="request" control={form.control} label={t('request')} look="checkbox" />
        <SwitchField name="reply" control={form.control} label={t('reply')} look="checkbox" />
      </div>
      <ModerationRules />
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
  return ({ enabled, request, reply, rules, message }: Moderation) =>
    [
      [t('enabled'), onOff(enabled)],
      [t('request'), onOff(request)],
      [t('reply'), onOff(reply)],
      [t('rules'), rules.map(({ action, text }) => `${t(`actions.${action}`)} ${text}`).join(', ')],
      [t('message'), message ?? '—'],
    ] as const
}
