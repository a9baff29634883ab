'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Select } from '@/components/ui/select.tsx'
import { useRotateServiceToken } from '@/lib/client/service-tokens-queries.ts'
import { graceSeconds, type RotateTokenInput, type ServiceToken } from '@/lib/domain/service-token.ts'
import type { InvocationProps } from './invocation-props.ts'

type RotateTokenFormProps = InvocationProps & {
  readonly active: ServiceToken | undefined
  readonly onRotated: (tokens: readonly ServiceToken[]) => void
  readonly onCancel: () => void
}

type Grace = RotateTokenInput['graceSeconds']
const graces = graceSeconds.map((seconds) => String(seconds) as `${Grace}`)

export function RotateTokenForm({ workspace, service, active, onRotated, onCancel }: RotateTokenFormProps) {
  const t = useTranslations('invocation.rotate')
  const kit = useTranslations('kit')
  const id = useId()
  const rotate = useRotateServiceToken(workspace, service.id)
  const [grace, setGrace] = useState<`${Grace}`>('86400')
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const atOnce = grace === '0'
  const blocked = atOnce && typed.trim() !== service.name
  const submit = () => {
    if (blocked || rotate.isPending) return
    const input = { graceSeconds: Number(grace) as Grace, reason: reason.trim() }
    rotate.mutate(input, { onSuccess: ({ items }) => onRotated(items) })
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div>
        <label
          htmlFor={`${id}-grace`}
          id={`${id}-grace-label`}
          className="mb-[5px] block text-control font-medium"
        >
          {t('grace')}
        </label>
        <Select
          id={`${id}-grace`}
          aria-labelledby={`${id}-grace-label`}
          value={grace}
          onValueChange={setGrace}
          items={graces.map((value) => ({ value, label: t(`graces.${value}`) }))}
        />
        {active ? (
          <p className="mt-[5px] text-meta text-ink-3">{t('usage', { count: active.requestsLastHour })}</p>
        ) : null}
      </div>
      <div>
        <label htmlFor={`${id}-reason`} className="mb-[5px] block text-control font-medium">
          {t('reason')} <span className="font-normal text-ink-3">{kit('optional')}</span>
        </label>
        <Input
          id={`${id}-reason`}
          maxLength={120}
          aria-describedby={`${id}-reason-note`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p id={`${id}-reason-note`} className="mt-[5px] text-meta text-ink-3">
          {t('reasonHelp')}
        </p>
      </div>
      {atOnce ? (
        <>
          <Callout tone="bad">{t('endsNow')}</Callout>
          <div>
            <label htmlFor={`${id}-name`} className="mb-[5px] block text-control font-medium">
              {t.rich('typeName', { name: () => <code className="font-mono">{service.name}</code> })}
            </label>
            <Input id={`${id}-name`} mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </div>
        </>
      ) : null}
      <FailureText error={rotate.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{t('keep')}</Button>
        <Button
          type="submit"
          variant={atOnce ? 'danger' : 'primary'}
          loading={rotate.isPending}
          disabledReason={blocked ? t('typeFirst') : undefined}
        >
          {t('confirm')}
        </Button>
      </div>
    </form>
  )
}
