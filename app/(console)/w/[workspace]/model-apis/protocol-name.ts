/** How people call the protocols. Names, so the same in every language. */
const names: Readonly<Record<string, string>> = {
  openai: 'OpenAI/v1',
  anthropic: 'Anthropic',
  'model-studio': 'Model Studio',
  comfyui: 'ComfyUI',
  vllm: 'vLLM',
}

export function protocolName(protocol: string): string {
  return names[protocol] ?? protocol
}
