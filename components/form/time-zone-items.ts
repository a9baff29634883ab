import type { SelectItem } from '@/components/ui/select.tsx'

/** Every zone that this browser knows, UTC first. `present` stays choosable even when the browser does not list it. */
export function timeZoneItems(present: string): SelectItem<string>[] {
  const zones = new Set(['UTC', present, ...Intl.supportedValuesOf('timeZone')])
  return [...zones].filter((zone) => zone !== '').map((zone) => ({ value: zone, label: zone }))
}
