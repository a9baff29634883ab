'use client'

import { type ReactNode, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Button } from '@/components/ui/button.tsx'
import { CreatableCombobox } from '@/components/ui/creatable-combobox.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { Select } from '@/components/ui/select.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import type { TestStored } from '@/lib/client/upstream-services-queries.ts'
import type { ServiceKey, ServiceSource } from '@/lib/domain/upstream-service.ts'

interface TestFieldsProps {
  readonly source: ServiceSource
  readonly models: readonly string[]
  /** Asked for at first: what the health check asks for, where there is one. */
  readonly startPath?: string | undefined
  /** Stored keys, to try one of them alone. */
  readonly keys?: readonly Pick<ServiceKey, 'id' | 'label' | 'hint'>[]
  readonly running: boolean
  readonly disabledReason?: string | undefined
  readonly onRun: (input: TestStored) => void
  readonly children?: ReactNode
}

/** No key has this id: the gateway chooses. */
const anyKey = 'any'

/** What is asked: a chat with the chosen model, or a path of an address that speaks no model's language. */
export function TestFields(props: TestFieldsProps) {
  const { source, models, startPath = '/', keys = [], running, disabledReason, onRun, children } = props
  const t = useTranslations('services.test')
  const id = useId()
  const chatOnly = source === 'ai' || source === 'agent'
  const [way, setWay] = useState<'path' | 'chat'>(chatOnly ? 'chat' : 'path')
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setPath] = useState<string | null>(null)
  const path = typed ?? startPath
  const [stream, setStream] = useState(false)
  const [keyId, setKeyId] = useState(anyKey)
  const model = chosen ?? models[0] ?? ''
  const missing = source === 'ai' && model.trim() === '' ? t('modelMissing') : undefined
  const run = () =>
    onRun(
      way === 'path'
        ? { path }
        : { model: model.trim() || null, stream, path: null, keyId: keyId === anyKey ? null : keyId },
    )
  return (
    <div className="flex flex-col gap-3">
      {chatOnly ? null : (
        <Segmented
          aria-label={t('way')}
          className="self-start"
          items={[
            { value: 'path', label: t('ways.path') },
            { value: 'chat', label: t('ways.chat') },
          ]}
          value={way}
          onValueChange={setWay}
        />
      )}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        {way === 'path' ? (
          <FieldFrame id={`${id}-path`} label={t('path')} className="min-w-0 flex-1 basis-[240px]">
            <Input id={`${id}-path`} mono value={path} onChange={(event) => setPath(event.target.value)} />
          </FieldFrame>
        ) : null}
        {way === 'chat' && source !== 'agent' ? (
          <FieldFrame id={`${id}-model`} label={t('model')} className="min-w-0 flex-1 basis-[240px]">
            <CreatableCombobox
              id={`${id}-model`}
              items={models}
              value={model}
              onValueChange={setChosen}
              placeholder={t('modelPlaceholder')}
            />
          </FieldFrame>
        ) : null}
        {way === 'chat' && keys.length > 1 ? (
          <FieldFrame id={`${id}-key`} label={t('key')} className="min-w-0 basis-[200px]">
            <Select
              id={`${id}-key`}
              aria-labelledby={`${id}-key-label`}
              items={[
                { value: anyKey, label: t('anyKey') },
                ...keys.map((key) => ({ value: key.id, label: `${key.label} ••••${key.hint}`.trim() })),
              ]}
              value={keyId}
              onValueChange={setKeyId}
            />
          </FieldFrame>
        ) : null}
        {way === 'chat' ? (
          <label htmlFor={`${id}-stream`} className="inline-flex h-ctl items-center gap-2.5 text-control">
            <Switch id={`${id}-stream`} checked={stream} onCheckedChange={setStream} />
            {t('stream')}
          </label>
        ) : null}
        <Button loading={running} disabledReason={disabledReason ?? missing} onClick={run}>
          {t('run')}
        </Button>
      </div>
      {children}
    </div>
  )
}
