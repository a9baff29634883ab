'use client'

import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'

/** The drawer of a list in the address: `?open=<id>` shows an object, `?create=true` makes one. */
export function useObjectDrawer() {
  const [{ open, create }, set] = useQueryStates(
    { open: parseAsString, create: parseAsBoolean.withDefault(false) },
    { history: 'push' },
  )
  return {
    openId: create ? null : open,
    creating: create,
    show: (id: string) => void set({ open: id, create: null }),
    create: () => void set({ open: null, create: true }),
    close: () => void set({ open: null, create: null }),
  }
}
