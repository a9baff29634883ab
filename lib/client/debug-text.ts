/** A piece of a line. */
export interface TextSpan {
  readonly kind: 'plain' | 'bold' | 'code'
  readonly text: string
}

/** What a model writes, as far as a page sets it: never HTML, links or pictures, which a model may make up. */
export type TextBlock =
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'heading' | 'paragraph'; readonly spans: readonly TextSpan[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly TextSpan[])[] }

const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/
const bullet = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/
const heading = /^#{1,6}\s+(.*)$/

/** Blocks of an answer that may still be growing: a code block without an end goes to the end. */
export function textBlocks(text: string): TextBlock[] {
  const lines = text.split('\n')
  const blocks: TextBlock[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const opened = fence.exec(line)
    if (opened) {
      const end = endOfFence(lines, at + 1, opened[1] ?? '')
      blocks.push({ kind: 'code', language: opened[2] ?? '', text: lines.slice(at + 1, end).join('\n') })
      at = end + 1
      continue
    }
    addLine(blocks, line, at > 0 && (lines[at - 1] ?? '').trim() !== '')
    at += 1
  }
  return blocks
}

function endOfFence(lines: readonly string[], from: number, mark: string): number {
  const end = lines.findIndex((line, index) => index >= from && line.trim() === mark)
  return end === -1 ? lines.length : end
}

/** `continues`: the line before was none without text, so this one may belong to its block. */
function addLine(blocks: TextBlock[], line: string, continues: boolean): void {
  if (line.trim() === '') return
  const titled = heading.exec(line)
  if (titled) {
    blocks.push({ kind: 'heading', spans: spansOf(titled[1] ?? '') })
    return
  }
  const last = blocks.at(-1)
  const item = bullet.exec(line)
  if (item) {
    const ordered = item[1] !== undefined
    const spans = spansOf(item[2] ?? '')
    if (last?.kind === 'list' && last.ordered === ordered) {
      blocks.splice(-1, 1, { ...last, items: [...last.items, spans] })
    } else {
      blocks.push({ kind: 'list', ordered, items: [spans] })
    }
    return
  }
  const spans = spansOf(line)
  if (continues && last?.kind === 'paragraph') {
    const spaced: readonly TextSpan[] = [...last.spans, { kind: 'plain', text: '\n' }, ...spans]
    blocks.splice(-1, 1, { kind: 'paragraph', spans: spaced })
  } else {
    blocks.push({ kind: 'paragraph', spans })
  }
}

function spansOf(line: string): TextSpan[] {
  const spans: TextSpan[] = []
  let from = 0
  for (const match of line.matchAll(/`([^`\n]+)`|\*\*([^*\n]+)\*\*/g)) {
    if (match.index > from) spans.push({ kind: 'plain', text: line.slice(from, match.index) })
    spans.push(
      match[1] === undefined ? { kind: 'bold', text: match[2] ?? '' } : { kind: 'code', text: match[1] },
    )
    from = match.index + match[0].length
  }
  if (from < line.length) spans.push({ kind: 'plain', text: line.slice(from) })
  return spans
}
