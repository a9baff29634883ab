'use client'

import { useTranslations } from 'use-intl'
import { Segmented } from '@/components/ui/segmented.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import type { Shell } from '@/lib/client/snippets/snippet-input.ts'
import { shells } from './snippet-language.ts'

type SnippetOptionsProps = {
  readonly streams: boolean
  readonly streaming: boolean
  readonly onStreamingChange: (streaming: boolean) => void
  readonly tokenIncluded: boolean
  /** Undefined: the reader may not see tokens. */
  readonly onTokenIncludedChange: ((included: boolean) => void) | undefined
  readonly shell: Shell
  readonly onShellChange: (shell: Shell) => void
}

export function SnippetOptions(props: SnippetOptionsProps) {
  const { streams, streaming, onStreamingChange, tokenIncluded, onTokenIncludedChange, shell } = props
  const t = useTranslations('invocation.snippet')
  return (
    <fieldset aria-label={t('options')} className="flex flex-wrap items-center gap-x-4 gap-y-2 text-control">
      {streams ? (
        <label htmlFor="snippet-streaming" className="inline-flex items-center gap-2">
          <Switch id="snippet-streaming" checked={streaming} onCheckedChange={onStreamingChange} />
          {t('streaming')}
        </label>
      ) : null}
      {onTokenIncludedChange ? (
        <span className="inline-flex items-center gap-2">
          <span className="text-ink-3">{t('tokenMode')}</span>
          <Segmented
            aria-label={t('tokenMode')}
            value={tokenIncluded ? 'included' : 'variable'}
            onValueChange={(mode) => onTokenIncludedChange(mode === 'included')}
            items={[
              { value: 'variable', label: t('tokenAsVariable') },
              { value: 'included', label: t('tokenIncluded') },
            ]}
          />
        </span>
      ) : null}
      <span className="inline-flex items-center gap-2">
        <span className="text-ink-3">{t('shell')}</span>
        <Segmented
          aria-label={t('shell')}
          value={shell}
          onValueChange={props.onShellChange}
          items={shells.map((value) => ({ value, label: t(value) }))}
        />
      </span>
    </fieldset>
  )
}
