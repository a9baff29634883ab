'use client'

import { RotateCcw } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Button } from '@/components/ui/button.tsx'
import { CreatableCombobox } from '@/components/ui/creatable-combobox.tsx'
import { Textarea } from '@/components/ui/input.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import { customValues, type NamedParameter, systemPromptMax } from '@/lib/client/debug-settings.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { CallPlaceFields } from './call-place-fields.tsx'
import { CustomParameters } from './custom-parameters.tsx'
import { ParameterSlider } from './parameter-slider.tsx'
import type { useCallPlaces } from './use-call-places.ts'
import type { Conversation } from './use-conversation.ts'
import type { GrantedConsumers } from './use-granted-consumers.ts'
import { useRoutePreview } from './use-route-preview.ts'

interface ChatSettingsProps {
  readonly api: ModelApi
  readonly conversation: Conversation
  readonly places: ReturnType<typeof useCallPlaces>
  readonly consumers: GrantedConsumers
  readonly models: readonly string[]
  readonly model: string
}

/** The left side of the chat: where, which model, how. */
export function ChatSettings({ api, conversation, places, consumers, models, model }: ChatSettingsProps) {
  const t = useTranslations('debug.settings')
  const id = useId()
  const { settings, change, reset } = conversation
  const preview = useRoutePreview(api, model)
  return (
    <div className="flex flex-col gap-[18px]">
      <CallPlaceFields
        places={places}
        consumers={consumers}
        onDomain={(domainId) => change({ domainId })}
        onConsumer={(consumerId) => change({ consumerId })}
      />
      <FieldFrame id={`${id}-model`} label={t('model')} help={preview}>
        <CreatableCombobox
          id={`${id}-model`}
          items={models}
          value={model}
          onValueChange={(next) => change({ model: next })}
          aria-describedby={`${id}-model-note`}
        />
      </FieldFrame>
      <label
        htmlFor={`${id}-streaming`}
        className="flex cursor-pointer items-center gap-2.5 self-start text-control font-medium text-ink"
      >
        <Switch
          id={`${id}-streaming`}
          checked={settings.streaming}
          onCheckedChange={(streaming) => change({ streaming })}
        />
        {t('streaming')}
      </label>
      <Parameters conversation={conversation} />
      <div className="border-t border-line pt-4">
        <CustomParameters custom={settings.custom} onChange={(custom) => change({ custom })} />
      </div>
      <Button size="sm" variant="quiet" icon={RotateCcw} className="self-start" onClick={reset}>
        {t('reset')}
      </Button>
    </div>
  )
}

function Parameters({ conversation: { settings, change } }: { readonly conversation: Conversation }) {
  const t = useTranslations('debug.settings')
  const id = useId()
  const length = [...settings.systemPrompt].length
  const custom = customValues(settings.custom).values ?? {}
  const isOverridden = (name: NamedParameter) => Object.hasOwn(custom, name)
  return (
    <div className="flex flex-col gap-[18px] border-t border-line pt-4">
      <FieldFrame
        id={`${id}-system`}
        label={t('systemPrompt')}
        aside={`${length} / ${systemPromptMax}`}
        error={length > systemPromptMax ? t('systemPromptLong', { max: systemPromptMax }) : undefined}
      >
        <Textarea
          id={`${id}-system`}
          rows={2}
          value={settings.systemPrompt}
          aria-invalid={length > systemPromptMax || undefined}
          aria-describedby={length > systemPromptMax ? `${id}-system-note` : undefined}
          onChange={(event) => change({ systemPrompt: event.target.value })}
        />
      </FieldFrame>
      <ParameterSlider
        name="max_tokens"
        value={settings.maxTokens}
        onValueChange={(maxTokens) => change({ maxTokens })}
        isOverridden={isOverridden('max_tokens')}
      />
      <ParameterSlider
        name="top_p"
        value={settings.topP}
        onValueChange={(topP) => change({ topP })}
        isOverridden={isOverridden('top_p')}
      />
      <ParameterSlider
        name="temperature"
        value={settings.temperature}
        onValueChange={(temperature) => change({ temperature })}
        help={t('temperatureHelp')}
        isOverridden={isOverridden('temperature')}
      />
    </div>
  )
}
