import { ModerationList } from './moderation-list.ts'
import { type ModerationRule, moderationLimits } from './moderation-rule.ts'
import { type ModerationRuleProblem, ModerationRulesError } from './moderation-rules-error.ts'
import { parsePattern } from './patterns/parse-pattern.ts'
import { PatternAutomaton } from './patterns/pattern-automaton.ts'
import { PatternError } from './patterns/pattern-error.ts'
import { toPositions } from './patterns/pattern-positions.ts'
import type { Pattern } from './patterns/position-table.ts'
import { waitingLength } from './patterns/waiting-length.ts'
import { WordAutomaton } from './words/word-automaton.ts'
import { foldWord, type Word, WordTrie } from './words/word-trie.ts'

/** Makes a rule list ready for texts, once. Throws `ModerationRulesError` with every rule that can't be used. */
export function buildModerationList(rules: readonly ModerationRule[]): ModerationList {
  const problems = countProblems(rules)
  const patterns: Pattern[] = []
  let waitingMax = 0
  rules.forEach((rule, index) => {
    const problem =
      textProblem(rule) ?? (rule.kind === 'pattern' ? addPattern(rule, index) : wordProblem(rule))
    if (problem !== null) problems.push({ index, message: problem })
  })
  problems.push(...sizeProblems(patterns))
  if (problems.length > 0) throw new ModerationRulesError(problems)
  const words = [true, false].flatMap((isCaseSensitive) => buildWords(rules, isCaseSensitive))
  const automaton = patterns.length > 0 ? new PatternAutomaton(patterns) : null
  return new ModerationList({ rules, words, patterns: automaton }, waitingMax)

  function addPattern(rule: ModerationRule, index: number): string | null {
    try {
      const positions = toPositions(parsePattern(rule.text, rule.isCaseSensitive))
      waitingMax = Math.max(waitingMax, waitingLength(positions, rule.wholeWord))
      patterns.push({ rule: index, positions, isBlocking: rule.action === 'block', isWhole: rule.wholeWord })
      return null
    } catch (error) {
      if (error instanceof PatternError) return error.message
      throw error
    }
  }
}

function countProblems(rules: readonly ModerationRule[]): ModerationRuleProblem[] {
  const words = rules.filter(({ kind }) => kind === 'word').length
  const patterns = rules.length - words
  return [
    ...(words > moderationLimits.words
      ? [`At most ${moderationLimits.words} words; there are ${words}.`]
      : []),
    ...(patterns > moderationLimits.patterns
      ? [`At most ${moderationLimits.patterns} patterns; there are ${patterns}.`]
      : []),
  ].map((message) => ({ index: null, message }))
}

function sizeProblems(patterns: readonly Pattern[]): ModerationRuleProblem[] {
  const follow = patterns.flatMap(({ positions }) => positions.follow)
  const edges = follow.reduce((sum, next) => sum + next.length, 0)
  if (follow.length <= moderationLimits.listPositions && edges <= moderationLimits.listEdges) return []
  const message = 'The patterns are too large together: ask for fewer repetitions, or for fewer patterns.'
  return [{ index: null, message }]
}

function textProblem({ kind, text }: ModerationRule): string | null {
  if (text.trim() === '') return kind === 'word' ? 'Write a word.' : 'Write a pattern.'
  if (Array.from(text).length > moderationLimits.characters)
    return `At most ${moderationLimits.characters} characters.`
  return null
}

function wordProblem({ text, isCaseSensitive }: ModerationRule): string | null {
  if (text !== text.trim()) return 'Remove the spaces before and after the word.'
  if (foldWord(text, isCaseSensitive).length === 0)
    return 'The word has only characters that are not seen, such as zero-width spaces.'
  return null
}

function buildWords(rules: readonly ModerationRule[], isCaseSensitive: boolean): WordAutomaton[] {
  const words = rules.flatMap((rule, index): Word[] =>
    rule.kind === 'word' && rule.isCaseSensitive === isCaseSensitive
      ? [{ rule: index, text: rule.text, isBlocking: rule.action === 'block', isWhole: rule.wholeWord }]
      : [],
  )
  if (words.length === 0) return []
  const trie = new WordTrie(isCaseSensitive)
  for (const word of words) trie.add(word)
  return [new WordAutomaton(trie)]
}
