/** What the sample model says. It has no model: it reports what it was sent, in the language it was asked in. */
export interface Answer {
  /** The text in the pieces in which a stream delivers it. One piece counts as one token. */
  readonly pieces: readonly string[]
  readonly finishReason: 'stop' | 'length'
  readonly promptTokens: number
}

const han = /\p{Script=Han}/u
const quotedCharactersMax = 200

export function answerTo(
  prompt: string,
  options: { model: string; messages: number; maxTokens: number | null; allText: string },
): Answer {
  const pieces = split(sentence(prompt.trim(), options))
  const limit = options.maxTokens ?? pieces.length
  return {
    pieces: pieces.slice(0, limit),
    finishReason: limit < pieces.length ? 'length' : 'stop',
    promptTokens: Math.max(1, split(options.allText).length),
  }
}

function sentence(prompt: string, { model, messages }: { model: string; messages: number }): string {
  const characters = [...prompt]
  const quote = characters.slice(0, quotedCharactersMax).join('')
  const rest = characters.length > quotedCharactersMax ? '…' : ''
  if (han.test(prompt)) {
    return `我是示例模型 ${model}。我收到了 ${messages} 条消息，最后一条有 ${characters.length} 个字：“${quote}${rest}”。`
  }
  const noun = messages === 1 ? 'message' : 'messages'
  return `This is the sample model ${model}. I received ${messages} ${noun}; the last one has ${characters.length} characters: "${quote}${rest}"`
}

/** Words with the space before them; Chinese in single characters. */
export function split(text: string): string[] {
  return text.match(/\p{Script=Han}|\s*[^\s\p{Script=Han}]+|\s+/gu) ?? []
}
