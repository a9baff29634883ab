'use client'

import type { CodeLanguage } from '@/components/ui/tokenize-code.ts'
import { curlSnippet } from '@/lib/client/snippets/curl.ts'
import { nodeSnippet } from '@/lib/client/snippets/node.ts'
import { openaiSdkSnippet } from '@/lib/client/snippets/openai-sdk.ts'
import { pythonSnippet } from '@/lib/client/snippets/python.ts'
import type { Shell, SnippetInput } from '@/lib/client/snippets/snippet-input.ts'
import { useStoredChoice } from '@/lib/client/use-stored-choice.ts'

export const snippetLanguages = ['curl', 'python', 'openai', 'node'] as const
export const shells = ['bash', 'powershell'] as const

export type SnippetLanguage = (typeof snippetLanguages)[number]

type Snippet = { readonly code: string; readonly language: CodeLanguage }

/** The last language and shell that this browser chose. */
export function useSnippetLanguage() {
  const [language, setLanguage] = useStoredChoice('snippet-language', snippetLanguages, 'curl')
  const [shell, setShell] = useStoredChoice('snippet-shell', shells, 'bash')
  return { language, setLanguage, shell, setShell }
}

/** Null when the language cannot express the call. */
export function snippetIn(language: SnippetLanguage, input: SnippetInput, shell: Shell): Snippet | null {
  switch (language) {
    case 'curl':
      return { code: curlSnippet(input, shell), language: shell }
    case 'python':
      return { code: pythonSnippet(input), language: 'python' }
    case 'openai': {
      const code = openaiSdkSnippet(input)
      return code === null ? null : { code, language: 'python' }
    }
    case 'node':
      return { code: nodeSnippet(input), language: 'javascript' }
  }
}
