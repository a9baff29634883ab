'use client'

import { useTranslations } from 'use-intl'

/** Words for recorded actions and kinds; what this version does not know stays as recorded. */
export function useActivityText() {
  const t = useTranslations('activity')
  const say = (key: string, recorded: string): string => {
    // The compiler knows the keys of the messages, not those of the recorded actions.
    const candidate = key as 'title'
    return t.has(candidate) ? t(candidate) : recorded
  }
  return {
    /** `inference-service.created` → "Created inference service". */
    action: (action: string) => say(`actions.${action}`, action),
    kind: (kind: string) => say(`objectKinds.${kind}`, kind),
    actorKind: (kind: string) => say(`actorKinds.${kind}`, kind),
  }
}
