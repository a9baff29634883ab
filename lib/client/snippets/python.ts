import { pythonLiteral, quote } from './code-literal.ts'
import { answerFile, fixedHeaders, type SnippetInput, tokenVariable } from './snippet-input.ts'

/** With the requests package. */
export function pythonSnippet(input: SnippetInput): string {
  const call = [
    'requests.post(',
    `    ${quote(input.url)},`,
    `    headers=${headers(input)},`,
    `    json=${pythonLiteral(input.body, 1)},`,
    ...(input.streaming ? ['    stream=True,'] : []),
    ')',
  ].join('\n')
  return `${imports(input)}${input.streaming ? streamed(call) : whole(call, input)}`
}

function imports({ token }: SnippetInput): string {
  return `${token === null ? 'import os\n\n' : ''}import requests\n\n`
}

function headers({ apiType, token }: SnippetInput): string {
  const entries = Object.entries(fixedHeaders(apiType)).map(
    ([name, value]) => `${quote(name)}: ${quote(value)}`,
  )
  return `{${[`"Authorization": ${pythonToken(token)}`, ...entries].join(', ')}}`
}

export function pythonToken(token: string | null): string {
  return token === null ? `os.environ[${quote(tokenVariable)}]` : quote(token)
}

function whole(call: string, { apiType }: SnippetInput): string {
  const file = answerFile(apiType)
  const use =
    file === null
      ? 'print(response.json())'
      : `with open(${quote(file)}, "wb") as file:\n    file.write(response.content)`
  return `response = ${call}\nresponse.raise_for_status()\n${use}`
}

function streamed(call: string): string {
  return [
    `with ${call} as response:`,
    '    response.raise_for_status()',
    '    for line in response.iter_lines():',
    '        if line:',
    '            print(line.decode())',
  ].join('\n')
}
