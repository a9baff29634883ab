'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { changedSettings, settingsOf } from '@/lib/client/model-api-form-output.ts'
import { modelApiFormSchema } from '@/lib/client/model-api-form-schema.ts'
import { type ModelApiFormValues, modelApiFormOf } from '@/lib/client/model-api-form-values.ts'
import { useUpdateModelApi } from '@/lib/client/model-apis-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { FormHeld } from '../../form-held.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { VersionConflict } from '../../version-conflict.tsx'
import { modelApiHref } from '../model-api-href.ts'
import { ImpactNotes } from './impact-notes.tsx'
import { ModelApiForm } from './model-api-form.tsx'
import { ReviewChanges, useSettingChanges } from './review-changes.tsx'
import { WhatIf } from './what-if.tsx'

interface UpdateModelApiFormProps {
  /** As it was when editing began. */
  readonly base: ModelApi
  /** As the console has it now. */
  readonly latest: ModelApi
  /** Starts again from the latest. */
  readonly onRebase: () => void
  readonly onStale: () => void
}

export function UpdateModelApiForm({ base, latest, onRebase, onStale }: UpdateModelApiFormProps) {
  const t = useTranslations('model-apis')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const update = useUpdateModelApi(workspace, base.id)
  const error = useIssueText()
  const form = useKitForm({ schema: modelApiFormSchema(error), defaultValues: modelApiFormOf(base) })
  const changesOf = useSettingChanges()
  const [held, setHeld] = useState(false)
  // As the form would write it, so that only what is edited differs.
  const [stored] = useState(() => settingsOf(modelApiFormOf(base)))
  const href = modelApiHref(workspace, base.id)
  const save = async (values: ModelApiFormValues) => {
    const wanted = settingsOf(values)
    const changed = changedSettings(stored, wanted)
    if (changed.length === 0) return router.push(href)
    const input = Object.fromEntries(changed.map((name) => [name, wanted[name]]))
    try {
      // After the warning below, saving again means over what the other person wrote.
      await update.mutateAsync({ ...input, version: held ? latest.version : base.version })
    } catch (refusal) {
      if (!(refusal instanceof ConsoleApiError) || refusal.code !== 'version_conflict') throw refusal
      onStale()
      setHeld(true)
      throw new FormHeld()
    }
    toast(t('saved'))
    router.push(href)
  }
  return (
    <ModelApiForm
      form={form}
      api={base}
      title={t('editTitle', { name: base.name })}
      saveLabel={t(held ? 'saveOver' : 'save')}
      cancelHref={href}
      onSave={save}
      review={{
        title: t('review.title'),
        section: t('review.changes'),
        note: t('review.note'),
        content: (values, back) => (
          <>
            <ReviewChanges base={stored} wanted={settingsOf(values)} />
            <ImpactNotes api={base} base={stored} wanted={settingsOf(values)} />
            <WhatIf api={{ id: base.id, routing: stored.routing }} routing={settingsOf(values).routing} />
            {held ? (
              <VersionConflict
                theirs={changesOf(base, latest)}
                onTakeTheirs={() => {
                  back()
                  onRebase()
                }}
                busy={update.isPending}
              />
            ) : null}
          </>
        ),
      }}
    />
  )
}
