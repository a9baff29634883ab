import { quoteBash, quotePowershell } from './quote-shell.ts'
import { answerFile, fixedHeaders, type Shell, type SnippetInput, tokenVariable } from './snippet-input.ts'

export function curlSnippet(input: SnippetInput, shell: Shell): string {
  return shell === 'bash' ? curlForBash(input) : curlForPowershell(input)
}

function curlForBash(input: SnippetInput): string {
  const authorization =
    input.token === null ? `"Authorization: $${tokenVariable}"` : quoteBash(`Authorization: ${input.token}`)
  return [
    `curl ${plainOrQuoted(input.url)}`,
    ...options(input),
    ...headerLines(input).map((line) => `-H ${quoteBash(line)}`),
    `-H ${authorization}`,
    `-d ${quoteBash(JSON.stringify(input.body, null, 2).replaceAll('\n', '\n  '))}`,
  ].join(' \\\n  ')
}

/** Most addresses need no quotes, and are easier to read without. */
export function plainOrQuoted(url: string): string {
  return /^[\w@%+=:,./-]+$/.test(url) ? url : quoteBash(url)
}

/**
 * The body goes through standard input: Windows PowerShell 5.1 loses the double quotes of an argument and
 * everything outside ASCII in a pipe, so the JSON is escaped to ASCII.
 */
function curlForPowershell(input: SnippetInput): string {
  const authorization =
    input.token === null
      ? `"Authorization: $env:${tokenVariable}"`
      : quotePowershell(`Authorization: ${input.token}`)
  const command = [
    `'@ | curl.exe ${quotePowershell(input.url)}`,
    ...options(input),
    ...headerLines(input).map((line) => `-H ${quotePowershell(line)}`),
    `-H ${authorization}`,
    "--data-binary '@-'",
  ].join(' `\n  ')
  return `@'\n${asciiJson(input.body)}\n${command}`
}

function options({ apiType, streaming }: SnippetInput): string[] {
  const file = answerFile(apiType)
  return [...(streaming ? ['--no-buffer'] : []), ...(file === null ? [] : [`--output ${file}`])]
}

export function headerLines({ apiType }: SnippetInput): string[] {
  const headers = { 'Content-Type': 'application/json', ...fixedHeaders(apiType) }
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}

function asciiJson(body: SnippetInput['body']): string {
  return JSON.stringify(body, null, 2).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
