/**
 * From Opus 4.7 on, models of Claude think as much as they find fit: they refuse a budget, the word that they shall not
 * think, and all samplers (Anthropic, "Adaptive thinking" and "Migrating to Claude Opus 4.7").
 */
export function thinksAsItSeesFit(model: string): boolean {
  if (/claude-(mythos|fable)/.test(model)) return true
  const [, major, minor] = /claude-[a-z]+-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/.exec(model) ?? []
  if (major === undefined) return false
  return Number(major) > 4 || (major === '4' && Number(minor ?? 0) >= 7)
}
