'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { CopyButton } from './copy-button.tsx'
import { type CodeLanguage, type CodeTokenKind, tokenizeCode } from './tokenize-code.ts'

export type CodeTab<T extends string> = { readonly value: T; readonly label: string }

type CodeBlockProps<T extends string> = {
  readonly code: string
  readonly language: CodeLanguage
  /** What it is, as said aloud after copying: "cURL command". */
  readonly name: string
  readonly tabs?: ReadonlyArray<CodeTab<T>>
  readonly tab?: T
  readonly onTabChange?: (tab: T) => void
  /** Buttons on the right, before Copy. */
  readonly actions?: ReactNode
  readonly className?: string
}

const colours: Record<CodeTokenKind, string | undefined> = {
  key: 'text-code-key',
  string: 'text-code-str',
  number: 'text-code-num',
  keyword: 'text-code-kw',
  comment: 'text-code-com',
  plain: undefined,
}

/** Code in a well. Copy copies exactly what is shown. */
export function CodeBlock<T extends string = string>({
  code,
  language,
  name,
  tabs,
  tab,
  onTabChange,
  actions,
  className,
}: CodeBlockProps<T>) {
  return (
    <div className={clsx('overflow-hidden rounded-box border border-line bg-sunken', className)}>
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 border-b border-line pr-2 pl-3.5">
        <Languages tabs={tabs ?? []} tab={tab} onTabChange={onTabChange} name={name} />
        <div className="no-print flex items-center gap-1">
          {actions}
          <CopyButton value={code} name={name} labelled />
        </div>
      </div>
      <pre className="whitespace-pre-wrap px-3.5 py-3 font-mono text-code [overflow-wrap:anywhere]">
        <code>
          {tokenizeCode(code, language).map((token) => (
            <span key={token.at} className={colours[token.kind]}>
              {token.text}
            </span>
          ))}
        </code>
      </pre>
    </div>
  )
}

type LanguagesProps<T extends string> = {
  readonly tabs: ReadonlyArray<CodeTab<T>>
  readonly tab: T | undefined
  readonly onTabChange: ((tab: T) => void) | undefined
  readonly name: string
}

function Languages<T extends string>({ tabs, tab, onTabChange, name }: LanguagesProps<T>) {
  const t = useTranslations('kit')
  if (tabs.length === 0) return <span className="text-control text-ink-2">{name}</span>
  return (
    <fieldset aria-label={t('code.languages')} className="flex gap-3.5 overflow-x-auto">
      {tabs.map((item) => (
        <button
          key={item.value}
          type="button"
          aria-pressed={item.value === tab}
          onClick={() => onTabChange?.(item.value)}
          className={clsx(
            '-mb-px h-9 whitespace-nowrap border-b-2 text-control -outline-offset-2',
            item.value === tab
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {item.label}
        </button>
      ))}
    </fieldset>
  )
}
