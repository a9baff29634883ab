'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useChangeWhitelist, type WhitelistPlace } from '@/lib/client/gateway-access-queries.ts'
import { locksOut, type WhitelistBlock, type WhitelistChange } from '@/lib/client/gateway-whitelist.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import { useWorkspace } from '../../../use-workspace.ts'

interface ChangesOptions {
  readonly gateway: Gateway
  readonly place: WhitelistPlace
  readonly list: Whitelist | undefined
}

interface Asked {
  readonly act: () => Promise<void>
  readonly answer: (done: boolean) => void
}

/** Adding and removing blocks: removing acts at once and can be undone, shutting oneself out asks first. */
export function useWhitelistChanges({ gateway, place, list }: ChangesOptions) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const change = useChangeWhitelist(workspace, gateway.id, place)
  const [asked, setAsked] = useState<Asked | null>(null)

  /** Resolves to whether it was done. */
  const guarded = (wanted: WhitelistChange, act: () => Promise<void>): Promise<boolean> => {
    const address = list?.callerAllowed ? list.callerAddress : null
    if (!locksOut(list?.items ?? [], wanted, address)) {
      return act().then(
        () => true,
        () => false,
      )
    }
    return new Promise((resolve) => setAsked({ act, answer: resolve }))
  }

  const remove = (block: WhitelistBlock) => {
    const { cidr, note } = block
    void guarded({ remove: [cidr] }, async () => {
      await change.mutateAsync({ remove: [cidr] })
      toast(t('removed', { cidr }), { undo: () => change.mutate({ add: [{ cidr, note }] }) })
    })
  }

  const add = (wanted: WhitelistChange) =>
    guarded(wanted, async () => {
      await change.mutateAsync(wanted)
      toast(t('added', { count: wanted.add?.length ?? 0 }))
    })

  const rename = async (block: WhitelistBlock) => {
    await change.mutateAsync({ rename: block })
    toast(t('noteSaved'))
  }

  return {
    remove,
    add,
    rename,
    failure: change.error,
    asked,
    confirm: async () => {
      await asked?.act()
      asked?.answer(true)
      setAsked(null)
    },
    keep: () => {
      asked?.answer(false)
      setAsked(null)
    },
  }
}
