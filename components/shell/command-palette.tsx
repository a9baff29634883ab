'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Kbd } from '@/components/ui/kbd.tsx'
import { backdropStyle, optionStyle } from '@/components/ui/layer-style.ts'
import { type PaletteGroup, searchActions } from './palette-search.ts'
import type { ShellAction } from './shell-actions.ts'

type CommandPaletteProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly actions: readonly ShellAction[]
  readonly onChoose: (action: ShellAction) => void
}

/** ⌘K: everything the shell and the page can do or reach, by name. */
export function CommandPalette({ open, onOpenChange, actions, onChoose }: CommandPaletteProps) {
  const t = useTranslations('shell')
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex justify-center px-4 pt-[12vh]">
          <Dialog.Popup
            aria-label={t('palette.title')}
            className="flex h-fit max-h-[min(480px,76vh)] w-full max-w-[560px] flex-col overflow-hidden rounded-layer border border-line bg-raised shadow-dialog outline-none"
          >
            <PaletteList
              actions={actions}
              onChoose={(action) => {
                onOpenChange(false)
                onChoose(action)
              }}
            />
            <Dialog.Close className="sr-only">{t('palette.close')}</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteList({ actions, onChoose }: Pick<CommandPaletteProps, 'actions' | 'onChoose'>) {
  const t = useTranslations('shell')
  const [query, setQuery] = useState('')
  const groups = useMemo(() => searchActions(actions, query), [actions, query])
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={query}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setQuery(value)
      }}
      itemToStringValue={(action: ShellAction) => action.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line px-4">
        <Search size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-2" />
        <Autocomplete.Input
          aria-label={t('palette.title')}
          placeholder={t('search')}
          spellCheck={false}
          className="h-full min-w-0 flex-1 bg-transparent text-body outline-none"
        />
        <Kbd keys="esc" />
      </div>
      <Autocomplete.Empty className="px-4 py-3 text-control text-ink-3 empty:hidden">
        {t('palette.nothing')}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 overflow-y-auto px-2 py-1 empty:hidden">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-meta text-ink-3">
              {t(`palette.groups.${group.value}`)}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(action: ShellAction) => (
                <Autocomplete.Item
                  key={action.id}
                  value={action}
                  onClick={() => onChoose(action)}
                  className={optionStyle}
                >
                  <span className="min-w-0 flex-1 truncate">{action.label}</span>
                  {action.detail ? (
                    <span className="max-w-[45%] truncate font-mono text-meta text-ink-3">
                      {action.detail}
                    </span>
                  ) : null}
                  {action.shortcut ? <Kbd keys={action.shortcut} /> : null}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}
