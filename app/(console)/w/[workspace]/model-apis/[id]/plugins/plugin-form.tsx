'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { FieldChange } from '@/components/feedback/diff-view.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import type { KitForm } from '@/components/form/use-kit-form.ts'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import { useOverwrite } from '../../../use-overwrite.ts'
import { VersionConflict } from '../../../version-conflict.tsx'
import { useModelApisRefusal } from '../../use-model-apis-refusal.ts'
import { type EditedPlugin, isBehind, type PluginName } from './held-plugin.tsx'
import { SelfTestPanel } from './self-test/self-test-panel.tsx'
import { useSavePlugin } from './use-save-plugin.ts'

interface PluginFormProps<Name extends PluginName, Values extends FieldValues> {
  readonly title: string
  readonly edited: EditedPlugin<Name>
  readonly form: KitForm<Values, Values>
  readonly toPlugin: (values: Values) => ModelPlugins[Name]
  /** What is told of it when somebody else changed it. */
  readonly facts: (plugin: ModelPlugins[Name]) => ReadonlyArray<readonly [label: string, value: string]>
  readonly fieldLabels: Readonly<Record<string, string>>
  /** What the API calls it → what the form calls it, below the plugin. */
  readonly fieldPath?: (path: string) => string
  /** For readers too, who may change nothing. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

const same = (path: string) => path

/** The form of one plugin, saved by itself. */
export function PluginForm<Name extends PluginName, Values extends FieldValues>(
  props: PluginFormProps<Name, Values>,
) {
  const { title, edited, form, toPlugin, facts, fieldLabels, fieldPath = same, aside, children } = props
  const t = useTranslations('plugins')
  const refusal = useModelApisRefusal()
  const { isDirty, isSubmitting } = form.formState
  const save = useSavePlugin(edited, isDirty, fieldPath)
  const behind = isDirty && !isSubmitting && isBehind(edited)
  const { onOverwrite, requireMeant } = useOverwrite(behind)
  const submit = async (values: Values) => {
    requireMeant()
    await save(toPlugin(values))
    toast(t('saved', { name: title }))
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={title}>
      <fieldset disabled={refusal !== undefined} className="flex flex-col gap-[18px]">
        {children}
      </fieldset>
      {aside ? <div className="pt-[18px]">{aside}</div> : null}
      {behind ? (
        <VersionConflict
          theirs={changesBetween(facts(edited.base), facts(edited.latest))}
          onOverwrite={onOverwrite}
          onTakeTheirs={edited.onRebase}
          busy={isSubmitting}
        />
      ) : null}
      {refusal === undefined ? (
        <FormBar submitLabel={t('save')} sticky={false} variant="secondary" fieldLabels={fieldLabels} />
      ) : (
        <p className="pt-4 text-control text-ink-3">{refusal}</p>
      )}
      {edited.latest.enabled && refusal === undefined ? <SelfTestPanel plugin={edited.name} /> : null}
    </Form>
  )
}

type Facts = ReadonlyArray<readonly [label: string, value: string]>

function changesBetween(before: Facts, after: Facts): FieldChange[] {
  return before.flatMap(([label, from], index) => {
    const to = after[index]?.[1]
    return to === from ? [] : [{ id: label, label, from, to }]
  })
}
