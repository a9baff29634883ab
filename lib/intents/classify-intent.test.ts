import { describe, expect, it } from 'vitest'
import { builtInClassifier, classifyIntent } from './classify-intent.ts'
import { type Intent, intents } from './intent.ts'
import { unitsReadMax } from './reading-plan.ts'

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe('classifyIntent', () => {
  it.each<[Intent, string]>([
    ['code', 'Write a Python function that parses a CSV file and prints the second column'],
    ['code', '```js\nconst x = await load()\nx.map((y) => y.id)\n```\nwhy does this throw?'],
    ['code', '帮我 debug 一下这段 Java 代码,一运行就报空指针异常'],
    ['code', 'translate this function into Rust'],
    ['code', 'what does git stash do'],
    ['code', 'Why does my container restart?'],
    ['code', '用 Go 写一个限流器'],
    ['math', 'what is 2+2'],
    ['math', 'explain why this proof is wrong'],
    ['math', '求证:根号5是无理数'],
    ['math', 'Find the integral of x^2 sin x'],
    ['math', '求证:两个奇数之和是偶数'],
    ['translation', 'translate this code comment to French: // the cache is full'],
    ['translation', 'Please translate into Chinese: the train is late'],
    ['translation', '把下面这句话翻译成日语:我明天出发'],
    ['translation', 'translate this code comment'],
    ['translation', 'How do I say this in Thai?'],
    ['translation', 'deadline 怎么翻译'],
    ['translation', 'serendipity是什么意思'],
    ['fast', 'What does serendipity mean'],
    ['fast', '光合作用是什么'],
    ['fast', 'thanks!'],
    ['fast', 'hello!'],
    ['fast', 'What is the capital of Canada?'],
    ['fast', '谢谢你'],
    ['reasoning', 'Compare three strategies for a small airline, weigh the trade-offs and recommend one'],
    ['reasoning', 'Weigh both offers and recommend one'],
    ['reasoning', '分析原因并排出优先级'],
    ['reasoning', 'On an island live knights and knaves. A says: B is a knave. Who is what?'],
    ['reasoning', '分析城市人口老龄化的深层原因和长期影响,并提出对策'],
  ])('takes for %s: %s', (intent, text) => {
    expect(classifyIntent(text).intent).toBe(intent)
  })

  it.each(['', '   \n\t', '?!…', '👍👍🎉', '\u0000\u0007\u001b', '\ud800', '\udc00\ud800', '\u200b\ufeff'])(
    'has no intent where there is nothing to read: %j',
    (text) => {
      const { intent, confidence, scores } = classifyIntent(text)
      expect(intent).toBeNull()
      expect(confidence).toBe(0)
      expect(sumOf(Object.values(scores))).toBe(0)
    },
  )

  it.each(['Write a poem about recursion', '写一首关于大海的诗', 'Summarise the following text: It rained.'])(
    'leaves what is none of the five to the default: %s',
    (text) => {
      expect(classifyIntent(text).intent).toBeNull()
    },
  )

  it('gives shares that sum up to 1 at most, and the largest as confidence', () => {
    for (const text of ['hi', 'solve x + 1 = 2', '翻译成英文:你好', 'asdf qwer', 'Write a song']) {
      const { confidence, scores } = classifyIntent(text)
      const shares = intents.map((intent) => scores[intent])
      expect(sumOf(shares)).toBeLessThanOrEqual(1 + 1e-9)
      expect(confidence).toBe(Math.max(...shares))
    }
  })

  it('gives an intent only at the threshold or above', () => {
    const { threshold } = builtInClassifier.model
    expect(threshold).toBeGreaterThan(0)
    const words = [
      'python',
      'integral',
      'translate',
      'hello',
      'analyse',
      '代码',
      '证明',
      '翻译',
      '你好',
      '权衡',
    ]
    for (const a of words) {
      for (const b of words) {
        const { intent, confidence } = classifyIntent(`${a} ${b}`)
        if (intent !== null) expect(confidence).toBeGreaterThanOrEqual(threshold)
      }
    }
  })

  it('answers the same again, whatever was asked between', () => {
    const before = classifyIntent('How do I revert a commit in git?')
    classifyIntent('x'.repeat(5_000))
    classifyIntent('')
    expect(classifyIntent('How do I revert a commit in git?')).toEqual(before)
  })

  it('does not care about case and width of letters', () => {
    const plain = classifyIntent('translate to german: good night')
    expect(classifyIntent('TRANSLATE to German: good NIGHT').intent).toBe(plain.intent)
    expect(classifyIntent('translate to german: good night').intent).toBe(plain.intent)
  })

  it('reads the beginning and the end of a megabyte, and nothing between', () => {
    const { reader } = builtInClassifier
    const featuresOf = (text: string) => {
      reader.read(text)
      return [...reader.indices.slice(0, reader.count)]
    }
    const half = unitsReadMax / 2
    const text = `Translate into Spanish: ${'lorem ipsum '.repeat(90_000)}`
    const between = text.slice(half, -half).replaceAll('lorem ipsum', 'solve x = 9')
    const other = `${text.slice(0, half)}${between}${text.slice(-half)}`
    expect(other).toHaveLength(text.length)
    expect(featuresOf(other)).toEqual(featuresOf(text))
    expect(classifyIntent(other).intent).toBe('translation')
  })

  it('finds the question after a long paste', () => {
    const paste = 'The council met on Tuesday. Residents spoke about the harbour. '.repeat(400)
    expect(classifyIntent(`${paste}\n\nTranslate the text above into German.`).intent).toBe('translation')
    expect(
      classifyIntent(`把下面的文章翻译成英文:\n${'议会周二开会,居民谈到港口。'.repeat(900)}`).intent,
    ).toBe('translation')
  })

  it('holds its bounds on any text', () => {
    const strange = [
      '\ud83d'.repeat(3_000),
      '你'.repeat(100_000),
      'a'.repeat(100_000),
      '1'.repeat(100_000),
      '('.repeat(100_000),
      '\n'.repeat(100_000),
      '`'.repeat(4_000),
      'مرحبا '.repeat(2_000),
      String.fromCharCode(...Array.from({ length: 60_000 }, (_, unit) => unit)),
    ]
    for (const text of strange) {
      const { confidence } = classifyIntent(text)
      expect(Number.isFinite(confidence)).toBe(true)
      expect(builtInClassifier.reader.count).toBeLessThanOrEqual(3 * unitsReadMax + 64)
    }
  })
})
