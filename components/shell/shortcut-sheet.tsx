'use client'

import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog.tsx'
import { Kbd } from '@/components/ui/kbd.tsx'
import { navigationItems } from './navigation.ts'

type ShortcutSheetProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly singleKeys: boolean
}

const anywhere = [
  { id: 'palette', keys: 'mod+k' },
  { id: 'search', keys: '/' },
  { id: 'sheet', keys: '?' },
  { id: 'rail', keys: '[' },
  { id: 'close', keys: 'esc' },
  { id: 'undo', keys: 'mod+z' },
] as const

const pages = [
  { id: 'create', keys: 'c' },
  { id: 'edit', keys: 'e' },
  { id: 'down', keys: 'j' },
  { id: 'up', keys: 'k' },
  { id: 'open', keys: 'enter' },
  { id: 'select', keys: 'x' },
] as const

export function ShortcutSheet({ open, onOpenChange, singleKeys }: ShortcutSheetProps) {
  const t = useTranslations('shell')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title={t('help.title')}
      description={singleKeys ? undefined : t('help.singleKeysOff')}
    >
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <KeyList
          title={t('help.anywhere')}
          rows={anywhere.map(({ id, keys }) => ({ keys, text: t(`help.keys.${id}`) }))}
        />
        <KeyList
          title={t('help.lists')}
          rows={pages.map(({ id, keys }) => ({ keys, text: t(`help.keys.${id}`) }))}
        />
        <KeyList
          title={t('palette.groups.goTo')}
          rows={navigationItems.flatMap(({ id, key }) =>
            key ? [{ keys: `g ${key}`, text: t(`sections.${id}`) }] : [],
          )}
        />
      </div>
    </Dialog>
  )
}

type KeyListProps = {
  readonly title: string
  readonly rows: ReadonlyArray<{ readonly keys: string; readonly text: string }>
}

function KeyList({ title, rows }: KeyListProps) {
  return (
    <section>
      <h3 className="border-b border-line pb-1 text-meta text-ink-3">{title}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.keys} className="flex items-center justify-between gap-4 py-1 text-control">
            {row.text}
            <Kbd keys={row.keys} />
          </li>
        ))}
      </ul>
    </section>
  )
}
