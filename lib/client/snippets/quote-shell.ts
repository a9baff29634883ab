import { type Shell, tokenVariable } from './snippet-input.ts'

/** One argument for a POSIX shell: nothing inside is expanded, line breaks included. */
export function quoteBash(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** One argument for PowerShell, which also takes the typographic single quotes for quotes. */
export function quotePowershell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

/** The line that puts the token where the snippets look for it. */
export function setTokenLine(shell: Shell, token: string): string {
  return shell === 'bash'
    ? `export ${tokenVariable}=${quoteBash(token)}`
    : `$env:${tokenVariable} = ${quotePowershell(token)}`
}
