'use client'

import { useId, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Input, Textarea } from '@/components/ui/input.tsx'
import { createModelApiOf } from '@/lib/client/model-api-form-output.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { useTestRoute } from '@/lib/client/use-test-route.ts'
import { testRouteInput } from '@/lib/domain/test-route.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { RouteOutcome } from './route-outcome.tsx'

/** A sample request against what stands in the form: where it would go, and why. */
export function RouteTester() {
  const t = useTranslations('model-apis.form')
  const id = useId()
  const { workspace } = useWorkspace()
  const { getValues } = useFormContext<ModelApiFormValues>()
  const mode = useWatch<ModelApiFormValues, 'mode'>({ name: 'mode' })
  const [model, setModel] = useState('')
  const [prompt, setPrompt] = useState('')
  const [isReady, setReady] = useState(true)
  const test = useTestRoute(workspace)
  const send = () => {
    const { gatewayId, useCase, protocol, routing } = createModelApiOf(getValues())
    const sample = { model: model.trim() === '' ? null : model.trim(), prompt }
    const input = { draft: { gatewayId, useCase, protocol, routing }, ...sample }
    const isWhole = testRouteInput.safeParse(input).success
    setReady(isWhole)
    if (isWhole) test.mutate(input)
    else test.reset()
  }
  const labelStyle = 'mb-[5px] block text-control font-medium text-ink'
  return (
    <fieldset
      aria-labelledby={`${id}-title`}
      className="flex flex-col gap-3 rounded-code bg-sunken p-4"
      // The form around it is not what Enter means here.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return
        if (event.nativeEvent.isComposing || event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        send()
      }}
    >
      <span id={`${id}-title`} className="text-control font-medium text-ink">
        {t('tryRequest')}
      </span>
      {mode === 'intent' ? (
        <div>
          <label htmlFor={`${id}-prompt`} className={labelStyle}>
            {t('tryPrompt')}
          </label>
          <Textarea
            id={`${id}-prompt`}
            rows={3}
            value={prompt}
            onChange={(event) => setPrompt(event.target.value)}
            placeholder={t('tryPromptExample')}
          />
        </div>
      ) : null}
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-[220px]">
          <label htmlFor={`${id}-model`} className={labelStyle}>
            {t('tryModel')}
          </label>
          <Input
            id={`${id}-model`}
            mono
            value={model}
            onChange={(event) => setModel(event.target.value)}
            placeholder="qwen-max"
          />
        </div>
        <Button onClick={send} loading={test.isPending}>
          {t('try')}
        </Button>
      </div>
      <div role="status">
        {isReady ? null : <StatusText tone="warn">{t('tryUnready')}</StatusText>}
        {test.error ? <FailureText error={test.error} /> : null}
        {test.data && !test.error ? <RouteOutcome result={test.data} /> : null}
      </div>
    </fieldset>
  )
}
