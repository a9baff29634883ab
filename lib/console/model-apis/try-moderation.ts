import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import type { ModerationTrial, TriedMatch, TryModerationInput } from '@/lib/domain/try-moderation.ts'
import { buildModerationList } from '@/lib/moderation/build-moderation-list.ts'
import type { ModerationMatch, ModerationRule } from '@/lib/moderation/moderation-rule.ts'
import { ruleProblems } from './moderation-problems.ts'
import { requireModelApi } from './require-model-api.ts'

/** What the rules would do to the text; nothing is kept, and no service is asked. */
export async function tryModeration(
  idOrName: string,
  { rules, text }: TryModerationInput,
  caller: WorkspaceCaller,
): Promise<ModerationTrial> {
  requirePermission(caller, 'model-apis.read')
  await requireModelApi(consoleContext().database, idOrName, caller)
  refuseProblems(ruleProblems(rules, 'rules'))
  const numbered: readonly ModerationRule[] = rules.map((rule, index) => ({ ...rule, id: String(index) }))
  const list = buildModerationList(numbered)
  const { blocked, masked } = list.scan(text)
  const found = blocked === null ? masked : [...masked.filter(({ end }) => end <= blocked.start), blocked]
  return { text: list.moderate(text).text, matches: found.map(toMatch) }
}

function toMatch({ rule, start, end }: ModerationMatch): TriedMatch {
  return { rule: Number(rule.id), action: rule.action, start, end }
}
