import { javascriptLiteral, quote } from './code-literal.ts'
import { answerFile, fixedHeaders, type SnippetInput, tokenVariable } from './snippet-input.ts'

/** With the fetch of Node.js, as a module. */
export function nodeSnippet(input: SnippetInput): string {
  const file = answerFile(input.apiType)
  return [
    ...(file === null ? [] : ['import { writeFile } from "node:fs/promises"', '']),
    `const response = await fetch(${quote(input.url)}, {`,
    '  method: "POST",',
    '  headers: {',
    ...headerLines(input),
    '  },',
    `  body: JSON.stringify(${javascriptLiteral(input.body, 1)}),`,
    '})',
    'if (!response.ok) throw new Error(await response.text())',
    ...use(input, file),
  ].join('\n')
}

function headerLines({ apiType, token }: SnippetInput): string[] {
  const fixed = Object.entries(fixedHeaders(apiType)).map(
    ([name, value]) => `    ${quote(name)}: ${quote(value)},`,
  )
  return [
    '    "Content-Type": "application/json",',
    `    Authorization: ${token === null ? `process.env.${tokenVariable}` : quote(token)},`,
    ...fixed,
  ]
}

function use({ streaming }: SnippetInput, file: string | null): string[] {
  if (file !== null) return [`await writeFile(${quote(file)}, response.body)`]
  if (streaming) return ['for await (const chunk of response.body) process.stdout.write(chunk)']
  return ['console.log(await response.json())']
}
