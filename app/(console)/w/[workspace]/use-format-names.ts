'use client'

import { useTranslations } from 'use-intl'

/** How people call wire formats. Names of protocols, so the same in every language. */
const names: Readonly<Record<string, string>> = {
  'openai-chat': 'OpenAI',
  'openai-completions': 'OpenAI',
  'openai-embeddings': 'OpenAI',
  'anthropic-messages': 'Anthropic',
  gemini: 'Gemini',
  'gemini-embeddings': 'Gemini',
  'bedrock-converse': 'Bedrock Converse',
  dashscope: 'DashScope',
  'dashscope-embeddings': 'DashScope',
  hunyuan: 'Hunyuan',
  'dify-chat': 'Dify',
  'dify-workflow': 'Dify Workflow',
  'model-studio-app': 'Model Studio App',
}

/** "OpenAI, Anthropic"; what speaks no format of its own takes whatever its callers send. */
export function useFormatNames(): (formats: readonly string[]) => string {
  const t = useTranslations('services')
  return (formats) => {
    const shown = [...new Set(formats.map((format) => names[format] ?? format))]
    return shown.length === 0 ? t('anyFormat') : shown.join(', ')
  }
}
