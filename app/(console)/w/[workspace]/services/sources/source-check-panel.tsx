'use client'

import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { createSourceOf, type SourceFormValues } from '@/lib/client/source-form.ts'
import { useCheckSource } from '@/lib/client/sources-queries.ts'
import type { SourceCheck } from '@/lib/domain/source.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Asks the registry with what stands in the form, and lists the namespaces that it shows. */
export function SourceCheckPanel({ sourceId }: { readonly sourceId: string | null }) {
  const t = useTranslations('sources.check')
  const { workspace } = useWorkspace()
  const { getValues, setValue, trigger } = useFormContext<SourceFormValues>()
  const check = useCheckSource(workspace)
  const run = async () => {
    // A try needs no name, and must not complain of its absence.
    const nameless = getValues('name').trim() === ''
    if (nameless) setValue('name', 'draft')
    const good = await trigger(undefined, { shouldFocus: true })
    const source = createSourceOf(getValues())
    if (nameless) setValue('name', '')
    if (good) check.mutate({ sourceId, source })
  }
  return (
    <div className="border-t border-line pt-4">
      <Button loading={check.isPending} onClick={() => void run()}>
        {t('run')}
      </Button>
      <FailureText error={check.error} />
      <div role="status">{check.data && !check.isPending ? <CheckResult result={check.data} /> : null}</div>
    </div>
  )
}

function CheckResult({ result: { ok, message, version, namespaces } }: { readonly result: SourceCheck }) {
  const t = useTranslations('sources.check')
  const sentence = useSentences()
  return (
    <div className="mt-3 flex flex-col gap-2 text-control">
      <StatusText tone={ok ? 'ok' : 'bad'} detail={version}>
        {t(ok ? 'works' : 'fails')}
      </StatusText>
      {message === null ? null : <p className="text-ink-2">{sentence(message)}</p>}
      {namespaces.length > 0 ? (
        <>
          <p className="text-ink-2">{t('namespaces', { count: namespaces.length })}</p>
          <ul translate="no" className="flex max-h-[140px] flex-wrap gap-1.5 overflow-y-auto">
            {namespaces.map((namespace) => (
              <li key={namespace} className="max-w-full">
                <Tag mono className="max-w-full truncate">
                  {namespace}
                </Tag>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
