/** A first call in three lines, at the address that the gateway really has. */
export function exampleCall(gatewayAddress: string): string {
  return [
    `curl ${gatewayAddress.replace(/\/+$/, '')}/api/predict/qwen_7b/v1/chat/completions \\`,
    '  -H "Authorization: $EAS_TOKEN" -H "Content-Type: application/json" \\',
    `  -d '{"model":"qwen_7b","messages":[{"role":"user","content":"hi"}]}'`,
  ].join('\n')
}
