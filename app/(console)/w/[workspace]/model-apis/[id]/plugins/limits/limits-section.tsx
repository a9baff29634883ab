'use client'

import { useTranslations } from 'use-intl'
import { useIssueText } from '@/components/form/issue-text.ts'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Section } from '@/components/page/section.tsx'
import {
  emptyLimitRule,
  type LimitName,
  type LimitsValues,
  limitFieldPath,
  limitsFormSchema,
  limitsValuesOf,
  quotasOf,
  rateLimitsOf,
} from '@/lib/client/limits-form.ts'
import { limitRulesMax } from '@/lib/domain/model-limits.ts'
import { useModelApi } from '../../model-api-context.ts'
import { type EditedPlugin, HeldPlugin } from '../held-plugin.tsx'
import { pluginAnchors } from '../plugin-anchors.ts'
import { PluginForm } from '../plugin-form.tsx'
import { LimitRuleFields } from './limit-rule-fields.tsx'
import { useLimitText } from './use-limit-text.ts'

/** How much may be asked in a time, or within a day, a month or altogether. */
export function LimitsSection({ name }: { readonly name: LimitName }) {
  const t = useTranslations('plugins')
  return (
    <Section id={pluginAnchors[name]} title={t(`${name}.title`)} note={t(`${name}.note`)}>
      <HeldPlugin name={name}>{(edited) => <LimitsForm {...edited} />}</HeldPlugin>
    </Section>
  )
}

function LimitsForm(edited: EditedPlugin<LimitName>) {
  const { name, base } = edited
  const t = useTranslations('plugins')
  const words = useTranslations('plugins.limits')
  const { authorization } = useModelApi().plugins
  const error = useIssueText()
  const limitText = useLimitText()
  const form = useKitForm({ schema: limitsFormSchema(name, error), defaultValues: limitsValuesOf(base) })
  const title = t(`${name}.title`)
  return (
    <PluginForm<LimitName, LimitsValues>
      title={title}
      edited={edited}
      form={form}
      toPlugin={name === 'quotas' ? quotasOf : rateLimitsOf}
      facts={(plugin) => [
        [t(`${name}.enabled`), t(plugin.enabled ? 'on' : 'off')],
        [words('rules'), limitsValuesOf(plugin).rules.map(limitText).join(' · ')],
      ]}
      fieldPath={limitFieldPath}
      fieldLabels={{
        enabled: t(`${name}.enabled`),
        'rules.amount': words('amount'),
        'rules.header': words('header'),
        'rules.match': words('match'),
        rules: words('rules'),
      }}
    >
      <SwitchField name="enabled" control={form.control} label={t(`${name}.enabled`)} />
      <RowsField
        name="rules"
        label={words('rules')}
        help={words('rulesHelp')}
        addLabel={words('add')}
        rowLabel={(index) => words('row', { number: index + 1 })}
        emptyRow={() => ({ ...emptyLimitRule(name, authorization.enabled ? 'consumer' : 'api') })}
        rowsMax={limitRulesMax}
      >
        {({ index }) => <LimitRuleFields name={name} index={index} />}
      </RowsField>
    </PluginForm>
  )
}
