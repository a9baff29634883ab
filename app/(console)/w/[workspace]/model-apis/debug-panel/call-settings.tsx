'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Input, Textarea } from '@/components/ui/input.tsx'
import { Select } from '@/components/ui/select.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ModelApiRoute } from '@/lib/domain/model-api-routes.ts'
import { CallPlaceFields } from './call-place-fields.tsx'
import { FormParts } from './form-parts.tsx'
import { type CallForm, callProblem, isWebSocket, type useCallForm } from './use-call-form.ts'
import type { useCallPlaces } from './use-call-places.ts'
import type { GrantedConsumers } from './use-granted-consumers.ts'

interface CallSettingsProps {
  readonly api: ModelApi
  readonly routes: readonly ModelApiRoute[]
  readonly form: CallForm
  readonly editor: ReturnType<typeof useCallForm>
  readonly places: ReturnType<typeof useCallPlaces>
  readonly consumers: GrantedConsumers
  /** The API answers chats as well. */
  readonly chats: boolean
}

/** The left side of a test call: which route, and what is sent to it. */
export function CallSettings({ api, routes, form, editor, places, consumers, chats }: CallSettingsProps) {
  const t = useTranslations('debug.call')
  const id = useId()
  const { change, chooseRoute, chooseMethod } = editor
  const problem = callProblem(form)
  const pathProblem = problem === 'path' || problem === 'placeholder' ? t(`problems.${problem}`) : undefined
  return (
    <div className="flex flex-col gap-[18px]">
      {chats ? null : (
        <Callout tone="info">{api.protocol === 'anthropic' ? t('anthropicNote') : t('noChatNote')}</Callout>
      )}
      <CallPlaceFields
        places={places}
        consumers={consumers}
        onDomain={(domainId) => change({ domainId })}
        onConsumer={(consumerId) => change({ consumerId })}
      />
      <FieldFrame id={`${id}-route`} label={t('route')}>
        <Select
          id={`${id}-route`}
          aria-labelledby={`${id}-route-label`}
          items={routes.map((route) => ({
            value: route.name,
            label: route.path,
            description: isWebSocket(route) ? t('webSocket') : undefined,
          }))}
          mono
          value={form.route.name}
          onValueChange={chooseRoute}
        />
      </FieldFrame>
      {form.route.methods.length < 2 ? null : (
        <FieldFrame id={`${id}-method`} label={t('method')}>
          <Select
            id={`${id}-method`}
            aria-labelledby={`${id}-method-label`}
            items={form.route.methods.map((method) => ({ value: method, label: method }))}
            mono
            value={form.method}
            onValueChange={chooseMethod}
          />
        </FieldFrame>
      )}
      <FieldFrame id={`${id}-path`} label={t('path')} help={t('pathHelp')} error={pathProblem}>
        <Input
          id={`${id}-path`}
          mono
          value={form.path}
          aria-invalid={pathProblem === undefined ? undefined : true}
          aria-describedby={`${id}-path-note`}
          onChange={(event) => change({ path: event.target.value })}
        />
      </FieldFrame>
      {form.kind === 'json' ? (
        <FieldFrame
          id={`${id}-body`}
          label={t('body')}
          error={problem === 'json' ? t('problems.json') : undefined}
        >
          <Textarea
            id={`${id}-body`}
            mono
            rows={12}
            value={form.text}
            aria-invalid={problem === 'json' || undefined}
            aria-describedby={problem === 'json' ? `${id}-body-note` : undefined}
            onChange={(event) => change({ text: event.target.value })}
          />
        </FieldFrame>
      ) : null}
      {form.kind === 'form' ? <FormParts parts={form.parts} onChange={(parts) => change({ parts })} /> : null}
    </div>
  )
}
