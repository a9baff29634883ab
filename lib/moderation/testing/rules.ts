import type { ModerationRule } from '@/lib/moderation/moderation-rule.ts'

type Options = Partial<Pick<ModerationRule, 'id' | 'action' | 'isCaseSensitive' | 'wholeWord'>>

export function word(text: string, options: Options = {}): ModerationRule {
  return ruleOf('word', text, options)
}

export function pattern(text: string, options: Options = {}): ModerationRule {
  return ruleOf('pattern', text, options)
}

function ruleOf(kind: ModerationRule['kind'], text: string, options: Options): ModerationRule {
  return { id: text, kind, text, action: 'mask', isCaseSensitive: false, wholeWord: false, ...options }
}
