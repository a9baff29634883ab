import { answerTo, split } from '../answer.ts'
import { chooseTool, type Tool, type ToolCall } from '../tool-call.ts'
import type { FakeUsage } from './provider-fake.ts'

/** What a model is asked, whatever the wire format. */
export interface FakeTurn {
  readonly model: string
  /** Of the last message of the user. */
  readonly prompt: string
  readonly messages: number
  /** Of all messages. */
  readonly text: string
  readonly tools: readonly Tool[]
  readonly choice: 'auto' | 'none' | 'required' | { readonly name: string }
  /** The last message answers tool calls. */
  readonly answersTools: boolean
  readonly maxTokens: number | null
  readonly reasons: boolean
}

export interface FakeCompletion {
  readonly reasoning: readonly string[]
  readonly pieces: readonly string[]
  /** One for each tool that the prompt names. */
  readonly calls: readonly ToolCall[]
  readonly finish: 'stop' | 'length' | 'tool-calls'
  readonly usage: FakeUsage
}

/** Fixed, so that a wire format that leaves it out, or counts it twice, shows. */
const cachedTokens = 2

export function complete(turn: FakeTurn): FakeCompletion {
  const answer = answerTo(turn.prompt, { ...turn, allText: turn.text })
  const calls = turn.answersTools ? [] : callsOf(turn)
  const reasoning = turn.reasons ? ['The caller ', 'asks for ', 'a word.'] : []
  const written =
    calls.length > 0 ? split(calls.map((call) => JSON.stringify(call.arguments)).join(' ')) : answer.pieces
  return {
    reasoning,
    pieces: calls.length > 0 ? [] : answer.pieces,
    calls,
    finish: calls.length > 0 ? 'tool-calls' : answer.finishReason,
    usage: {
      input: answer.promptTokens + cachedTokens,
      output: written.length + reasoning.length,
      cached: cachedTokens,
      reasoning: reasoning.length,
    },
  }
}

function callsOf({ tools, choice, prompt }: FakeTurn): readonly ToolCall[] {
  if (choice === 'none') return []
  if (typeof choice === 'object') return present(chooseTool(tools, prompt, choice.name))
  const named = tools.filter(({ name }) => prompt.includes(name))
  if (named.length > 0) return named.flatMap((tool) => present(chooseTool([tool], prompt, true)))
  return choice === 'required' ? present(chooseTool(tools, prompt, true)) : []
}

function present(call: ToolCall | null): readonly ToolCall[] {
  return call === null ? [] : [call]
}

/** Arguments in the pieces in which a stream delivers them. */
export function argumentPieces(call: ToolCall): readonly string[] {
  return split(JSON.stringify(call.arguments))
}
