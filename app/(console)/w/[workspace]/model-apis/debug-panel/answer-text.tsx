import { CodeBlock } from '@/components/ui/code-block.tsx'
import type { CodeLanguage } from '@/components/ui/tokenize-code.ts'
import { type TextBlock, type TextSpan, textBlocks } from '@/lib/client/debug-text.ts'

interface AnswerTextProps {
  readonly text: string
  readonly isGrowing: boolean
}

/** What a model wrote: paragraphs, lists and code, and nothing that a model could make a reader press. */
export function AnswerText({ text, isGrowing }: AnswerTextProps) {
  return (
    <div className="flex flex-col gap-2.5 text-body text-ink [overflow-wrap:anywhere]">
      {textBlocks(text).map((block, index) => (
        <Block key={String(index)} block={block} />
      ))}
      {isGrowing ? <span aria-hidden="true" className="inline-block h-4 w-2 bg-accent forced-fill" /> : null}
    </div>
  )
}

function Block({ block }: { readonly block: TextBlock }) {
  switch (block.kind) {
    case 'code':
      return (
        <CodeBlock
          code={block.text}
          language={languages[block.language.toLowerCase()] ?? 'text'}
          name={block.language === '' ? 'text' : block.language}
        />
      )
    case 'heading':
      return (
        <p className="font-semibold">
          <Spans spans={block.spans} />
        </p>
      )
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap">
          <Spans spans={block.spans} />
        </p>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List className={block.ordered ? 'list-decimal pl-6' : 'list-disc pl-5'}>
          {block.items.map((spans, index) => (
            <li key={String(index)}>
              <Spans spans={spans} />
            </li>
          ))}
        </List>
      )
    }
  }
}

function Spans({ spans }: { readonly spans: readonly TextSpan[] }) {
  return spans.map(({ kind, text }, index) => {
    const key = String(index)
    if (kind === 'bold') return <strong key={key}>{text}</strong>
    if (kind === 'plain') return text
    return (
      <code key={key} className="rounded-tag bg-sunken px-1 font-mono text-code">
        {text}
      </code>
    )
  })
}

const languages: Readonly<Record<string, CodeLanguage>> = {
  bash: 'bash',
  sh: 'bash',
  shell: 'bash',
  powershell: 'powershell',
  python: 'python',
  py: 'python',
  javascript: 'javascript',
  js: 'javascript',
  typescript: 'javascript',
  ts: 'javascript',
  json: 'json',
}
