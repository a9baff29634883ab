'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { usePluginSelfTest } from '@/lib/client/plugin-self-test-queries.ts'
import type { SelfTestedPlugin } from '@/lib/domain/plugin-self-test.ts'
import { useWorkspace } from '../../../../use-workspace.ts'
import { useModelApi } from '../../model-api-context.ts'
import { SelfTestChecks } from './self-test-checks.tsx'

/** Sends requests that the plugin has to refuse, and tells what came back from the gateway. */
export function SelfTestPanel({ plugin }: { readonly plugin: SelfTestedPlugin }) {
  const t = useTranslations('plugins.selfTest')
  const id = useId()
  const { workspace } = useWorkspace()
  const api = useModelApi()
  const test = usePluginSelfTest(workspace, api.id)
  const [text, setText] = useState('')
  return (
    <div className="mt-5 max-w-[720px] border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          type="button"
          loading={test.isPending}
          onClick={() => test.mutate({ plugin, text: text.trim() === '' ? null : text })}
        >
          {t('run')}
        </Button>
        <p className="text-meta text-ink-3">{t(`help.${plugin}`)}</p>
      </div>
      {plugin === 'moderation' ? (
        <div className="mt-3">
          <label htmlFor={id} className="mb-[5px] block text-control font-medium text-ink">
            {t('text')}
          </label>
          <Input
            id={id}
            value={text}
            maxLength={2000}
            placeholder={t('textDefault')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      ) : null}
      <div role="status" className="mt-3">
        {test.error ? <FailureText error={test.error} /> : null}
        {test.data ? <SelfTestChecks result={test.data} /> : null}
      </div>
    </div>
  )
}
